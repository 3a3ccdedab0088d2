"""textsearch finds Chinese text by words of one or two characters, names also by the first letters of their pinyin, without extensions.

Words: *grams* are the single characters and pairs of neighbours of a text; a table keeps them in a column, an index finds rows by them.
"""
