"""What a person types, and what nobody should type anywhere."""

SCRIPT = "<script>alert(1)</script>"
NONSENSE = {
    "empty": "",
    "over-long": "长" * 33_400,  # 100 kB
    "wrong type": "-1e999",
    "nul": "a\x00b",
    "script": SCRIPT,
    "sql": "'; DROP TABLE core_event; --",
}
TODAY = "2026-09-14"
HOURS = {"place_path": "1503", "begins_on": "2026-10-12", "notice": "市政府办公室通知", "sure": "1"}
HOURS |= {"opens": "08:30", "break_begins": "12:00", "break_ends": "14:00", "closes": "17:30"}
NAMES = {"name": "新名称", "short_name": "新名"}
SAID = {"version": "1", "text": "已经修好。"}
JUDGED = {"version": "1", "contacted": "1", "solved": "yes", "satisfied": "yes", "remark": "好"}
NEED = {
    "text": "路灯四晚不亮了。",
    "field": "surroundings",
    "place": "150302006001",
    "where": "东门",
    "name": "张",
    "phone": "13904730007",
}
REPLY = {"verb": "answer", "name": "已办结", "category": "", "scope": "own", "text": "{称呼}：您好！已经修好。"}
CATEGORY = {
    "name": "犬只管理",
    "name_en": "",
    "examples": "",
    "urgency": "normal",
    "is_public": "on",
    "questions": "*有没有伤人：有/没有",
}
ROUTE = {
    "name": "路灯",
    "place": "1503",
    "about": "street-light",
    "answer": "",
    "hours": "any",
    "lead_at": "subdistrict_office",
    "lead": "",
    "position": "100",
    "reason": "市政设施由街道牵头。",
}
ITEM = {
    "code": "15030000MZ-QT-0099",
    "name": "社区用房预约",
    "aliases": "",
    "field": "culture",
    "kind": "QT",
    "mode": "promised",
    "department": "civil_affairs",
    "legal_basis": "本市约定",
    "article": "",
    "conditions": "本社区的居民。",
    "result": "预约成功",
    "materials": "居民身份证 | 1 | 0 | 自备",
    "steps": "受理 | 1 | 计",
    "opinions": "",
    "statutory_days": "",
    "promised_days": "2",
    "fee": "20.00",
    "fee_basis": "本市约定",
    "contact": "",
    "hours": "",
    "valid_from": TODAY,
    "valid_until": "",
    "version": "1",
}
APPLICATION = {"name": "张", "place": "150302006001", "given": "1"}
ENTRY = {
    "name": "赵强",
    "id_number": "",
    "phone": "",
    "born_on": "1980-01-01",
    "sex": "male",
    "residence": "registered",
    "place": "150302006001",
    "address": "1号楼",
    "electoral": "unknown",
    "verification": "none",
}
