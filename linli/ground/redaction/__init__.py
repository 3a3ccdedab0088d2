"""redaction finds personal numbers in free text (身份证号、电话、银行卡号 …) and masks them, so that what people write may be shown.

Words: what is found is a *finding* of a *kind*; *masked* text has stars where it stood, and keeps its length.
"""
