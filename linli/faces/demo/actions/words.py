"""What is said at the steps of a case, by whoever takes them."""

from typing import Final

REOPENED: Final = "还是没有彻底解决，昨天又出现了同样的情况。"
ANSWERED_AGAIN: Final = "已经再次上门，找到了上次没有处理到的原因，处理后观察三天没有复发。"
SOLVED: Final = {
    "yes": "居民表示问题已经解决。",
    "partly": "居民表示大部分已经解决，余下部分继续跟进。",
}
SILENT: Final = "答复后居民没有提出异议，按期办结。"
NOT_OURS: Final = "不属于本单位职责，请按职责清单改派。"
STAYS: Final = "经核对职责清单，仍由原单位牵头，终局裁定。"
MOVES: Final = "经核对职责清单，改由{body}牵头办理。"
WAITS: Final = "配件需要外地调货，已同居民说明，到货后继续办理。"
WAITED: Final = "配件已经到货。"
LONGER: Final = "现场比预想复杂，需要与产权单位商定方案，已向居民说明并征得同意。"
HELP_WANTED: Final = "请派人一同到现场，核对管理责任。"
HELPED: Final = "已经派人到场，责任范围内的部分处理完毕，情况已告知牵头单位。"
NEWS: Final = "已经到现场看过，正在联系维修单位，预计本周内完成。"
NOTED_TEXT: Final = "电话联系过居民，白天家里没有人，约在傍晚上门。"
WHISTLED: Final = "多次协调没有结果，请派人到现场一起定责。"
REPORTED_IN: Final = "已经派人到场，参与处理。"
A_PART: Final = "其中涉及公共设施的部分，请单独核实处理。"
