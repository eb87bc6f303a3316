"""What a number of the field can be about: a small lexicon of nouns, Persian and English.

Names that only look like a topic (control room, fire service, 110) are blanked out before.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class About(StrEnum):
    """What a number counts. THING: something else, of which the checker says nothing."""

    CALLS = "calls"
    OPERATIONAL = "operational"
    NOT_OPERATIONAL = "not_operational"
    INCIDENTS = "incidents"
    MISSIONS = "missions"
    ADVICE = "advice"
    NUISANCE = "nuisance"
    UNRELATED = "unrelated"
    WRONG = "wrong"
    NOT_FIT = "nuisance_or_unrelated"
    UNNEEDED = "unneeded"
    HANDED_OFF = "handed_off"
    REPEATED = "repeated"
    SILENT = "silent"
    PENDING = "pending"
    RECORDED = "recorded"
    VALID = "valid"
    INVALID = "invalid"
    RELATED = "related"
    HANDLED = "handled"
    TRAFFIC = "traffic"
    FIRES = "fires"
    RESCUES = "rescues"
    INSPECTIONS = "inspections"
    CONTROLS = "controls"
    SAFETY = "safety"
    MEDICAL = "medical"
    BRAWLS = "brawls"
    CRIME = "crime"
    THEFT = "theft"
    PREVENTION = "prevention"
    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"
    TEXTS = "texts"
    OTHER = "other"
    REST = "rest"
    THING = "thing"


# What other numbers can be a share or a part of.
BASES = frozenset(
    {
        About.CALLS,
        About.MISSIONS,
        About.OPERATIONAL,
        About.HANDLED,
        About.VALID,
        About.TEXTS,
        About.RELATED,
        About.INCIDENTS,
    }
)
# Ways in which one call can end: no call ends in two of them.
ENDS = frozenset(
    {
        About.OPERATIONAL,
        About.ADVICE,
        About.NUISANCE,
        About.UNRELATED,
        About.WRONG,
        About.NOT_FIT,
        About.PENDING,
        About.RECORDED,
        About.HANDED_OFF,
        About.SILENT,
        About.OTHER,
        About.REST,
    }
)
_MISSION = r"(?:missions?|dispatch(?:es)?|turnouts?|deployments?|operations?)"
_MISSION_FA = r"(?:ماموریت|مأموریت|اعزام|عملیات|حضور پلیس)(?: ?هایی?| ?ها)?(?!ی)"
_NO = r"(?:غیر ?مرتبط|نا ?مرتبط|بی ?ارتباط|بی ?ربط|irrelevant|unrelated)"
_NUISANCE = (
    r"(?:مزاحم(?:ت|ین|ان)?(?: ?ها)?ی?(?: تلفنی)?|ایجاد مزاحمت|nuisances?|hoax(?:es)?|pranks?"
    r"|prank calls?|false calls?)"
)
_WRONG = r"(?:اشتباه(?:ی)?|wrong(?: numbers?)?)"
_CALL = r"(?: calls?)?"
_OR = r" (?:و|یا|and|or) (?:یا )?"
_BAD = rf"(?:{_NO}|{_NUISANCE}|{_WRONG}|غیر ?قابل پاسخ|could not be answered)"
_LEXICON: tuple[tuple[About, str], ...] = (
    (
        About.NOT_OPERATIONAL,
        rf"(?:به )?{_MISSION_FA}(?: پلیسی| و \w+)? (?:منجر|ختم) (?:نمی ?شو\w+|نشد\w*)"
        rf"|(?:منجر|ختم) به {_MISSION_FA} (?:نمی ?شو\w+|نشد\w*)|غیر ?عملیاتی|non-operational"
        rf"|not operational|(?:do|did|does|will) not (?:lead to|result in|become|end in) "
        rf"(?:a |any )?(?:{_MISSION}|operational)|(?:led|leads?) to no {_MISSION}",
    ),
    (
        About.OPERATIONAL,
        rf"عملیاتی|(?:منجر|ختم) به (?:انجام |اعزام )?(?:\w+ )?{_MISSION_FA}"
        rf"|به (?:انجام )?{_MISSION_FA}"
        rf"|(?:led|leads?|leading|resulted|results?|resulting|ended|ends?|turned) (?:to|in|into) "
        rf"(?:an? |the |police )*{_MISSION}|operational",
    ),
    (About.NOT_FIT, rf"{_BAD}{_CALL}{_OR}{_BAD}"),
    (About.NUISANCE, _NUISANCE),
    (About.UNRELATED, _NO),
    (About.WRONG, _WRONG),
    (About.UNNEEDED, r"غیر ?ضروری|بی ?مورد|not needed|unnecessary|unneeded"),
    (
        About.ADVICE,
        r"راهنمایی|مشاوره|پرسش|سوال(?:ات)?|سئوال(?:ات)?|guidance|advice|questions?"
        r"|enquir(?:y|ies)|inquir(?:y|ies)",
    ),
    (About.HANDED_OFF, r"ارجاع|handed (?:off|over)|hand-?offs?|referred|referrals?|transferred"),
    (About.REPEATED, r"تکراری|repeat(?:ed)?|duplicates?"),
    (About.SILENT, r"سکوت|بی ?صدا|silent"),
    (About.PENDING, r"در انتظار|pending"),
    (About.RECORDED, r"ثبت برای پیگیری|recorded for follow-?up|follow-?up"),
    (About.INVALID, r"نا ?معتبر|غیر ?معتبر|invalid"),
    (About.VALID, r"معتبر|valid"),
    (About.RELATED, r"مرتبط(?! با)|related"),
    (About.HANDLED, r"مورد رسیدگی ?(?:شده)?|رسیدگی شده|incidents? handled|handled incidents?"),
    (
        About.OTHER,
        r"سایر(?: موارد| ماموریت ?ها)?"
        r"|(?:مورد|موارد|حادثه|حوادث|تماس|ماموریت)(?: ?ها)?ی? دیگر|غیر ?(?:تصادفی?|ترافیکی)|others"
        r"|other (?:causes|missions|calls|incidents|kinds|reasons|jobs|emergencies|cases)"
        r"|other(?!\w| \w)|non-traffic(?: \w+)?",
    ),
    (About.REST, r"بقیه|مابقی|باقی ?(?:مانده)?|the rest|rest of them|remaining|remainder"),
    (
        About.TRAFFIC,
        r"تصادف(?:ات|ی)?|ترافیکی|ترافیک|راهور|(?:حوادث|سوانح) رانندگی|traffic(?: accidents?)?"
        r"|road accidents?|crashes",
    ),
    (About.FIRES, r"(?:فقره )?(?:حریق|آتش ?سوزی)(?: ?ها)?|fires?"),
    (About.RESCUES, r"امداد(?: ?و ?نجات| ?رسانی)?|نجات|rescues?"),
    (About.INSPECTIONS, r"بازدید|inspections?"),
    (About.CONTROLS, r"کنترل|controls?"),
    (About.SAFETY, r"ایمن ?سازی|ایمنی|safety(?: jobs?| work)?"),
    (About.MEDICAL, r"پزشکی|medical"),
    (About.BRAWLS, r"نزاع|درگیری|brawls?|fights?"),
    (About.CRIME, r"جرم|جرایم|جرائم|جنایی|crimes?|criminal"),
    (About.THEFT, r"سرقت|thefts?|burglar(?:y|ies)"),
    (About.PREVENTION, r"پیشگیری|prevention(?: police)?"),
    (About.DISSATISFIED, r"ناراضی|نارضایتی|dissatisfied|unsatisfied|not satisfied"),
    (About.SATISFIED, r"راضی|رضایت|satisfied"),
    (About.TEXTS, r"پیامک(?: ?ها)?ی?|text messages?|texts|sms"),
    (
        About.INCIDENTS,
        r"(?:فقره )?(?:حادثه|حوادث|سانحه|سوانح)(?: ?ها)?ی?(?! رانندگی)|incidents?|emergencies",
    ),
    (About.MISSIONS, rf"{_MISSION_FA}ی?|{_MISSION}"),
    (
        About.CALLS,
        r"تماس(?: ?ها)?(?:یی|ی)?(?: مردمی| تلفنی| اضطراری| دریافتی)*"
        r"|(?:public |emergency |inbound |incoming |telephone )*(?:calls?|contacts)|inbound",
    ),
    (
        About.THING,
        r"نفر|تن|کیلومتر\w*|متر|دقیقه|ثانیه|ساعت|روز|ماه|سال|هفته|واحد|دستگاه|خودرو|شهرستان|استان"
        r"|شهر|مرکز|ریال|تومان|نیرو|کلانتری|پایگاه|خط|اپراتور|پاسخگو|رتبه|شیفت|مجروح|مصدوم|کشته|بیمار"
        r"|کودک|زن|مرد|شهروند|کارشناس|تیم|آمبولانس|موتور\w*|بار|people|persons?|men|women|children"
        r"|officers?|kilomet\w+|km|met(?:er|re)s?|minutes?|seconds?|hours?|days?|weeks?|months?"
        r"|years?|units?|cars?|vehicles?|counties|provinces?|cities|stations?|lines?|rials?|tomans?"
        r"|dollars?|euros?|injured|killed|patients?|callers?|call takers?|shifts?|ambulances?"
        r"|teams?|positions?|centres|households|million people|trucks?|firefighters?|crews",
    ),
)
_TOPIC = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(f"(?P<{about.value}>{words})" for about, words in _LEXICON)
    + r")(?![^\W_])"
)
_NAMES = re.compile(
    r"(?<![^\W_])(?<!\d[.,٬])(?<!هزار و )(?:(?:(?:مرکز )?فوریت ?های (?:پلیسی|پزشکی)"
    r"|(?:مرکز )?فرماندهی و کنترل|مرکز عملیات"
    r"|معاون(?:ت)? عملیات|آتش ?نشان(?:ی|ان)|مرکز (?:تماس|پیام)|اتاق (?:کنترل|عملیات)"
    r"|command and control|control (?:room|centre|center)|operations? (?:centre|center|room)"
    r"|(?:campus|public|community|road) safety"
    r"|fire (?:and|&) rescue(?: service| authority| department)?"
    r"|(?:سازمان|معاونت) امداد و نجات"
    r"|fire (?:service|brigade|department|station|engine)s?|call (?:centre|center|taker)s?"
    r"|police emergenc(?:y|ies)(?: centre| center)?)(?: 1\d\d)?"
    r"|(?:پلیس|پلیسی|اورژانس|سامانه|مرکز|شماره|خط)(?: اجتماعی)? 1\d\d|با 1[129]\d|rescue service"
    r"|(?:police|ems|service|centre|center|line|number|to|the|emergency|ambulance|at) 1\d\d"
    r"(?! (?:calls|missions|fires))"
    r"|1\d\d (?:centre|center|line|police)|999|911)(?![^\W_])(?![.,٬]\d)"
)
# Numbers that are called, not counted, unless what they count stands right behind them.
SERVICES = frozenset(
    {110, 112, 113, 115, 118, 120, 121, 122, 123, 125, 137, 141, 194, 197, 911, 999}
)


@dataclass(frozen=True)
class Hit:
    """A topic and where it is named."""

    about: About
    start: int
    end: int


def names_in(text: str) -> list[tuple[int, int]]:
    """Find names in which numbers and topic words mean nothing."""
    return [found.span() for found in _NAMES.finditer(text)]


def topics_in(text: str) -> list[Hit]:
    """Find the topics that a folded text names, in order."""
    return [
        Hit(About(str(found.lastgroup)), *found.span())
        for found in _TOPIC.finditer(text)
        if found.lastgroup
    ]
