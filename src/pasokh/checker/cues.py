"""Small words that say how a number belongs to others: per day, of these, growth, last year."""

import re

PER = re.compile(
    r"(?<!\w)(?:(?P<day>روزانه|روزی|در (?:هر )?(?:شبانه )?روز(?!\w)(?! (?:گذشته|\d))|هر روز|"
    r"(?:a|per|each|every) day|daily)|(?P<hour>ساعتی|در (?:هر )?ساعت(?! ?\d)|هر ساعت|"
    r"(?:an|per|each|every) hour|hourly)|(?P<week>هفته ای|در هر هفته|(?:per|each|every) week"
    r"|weekly)|(?P<month>ماهانه|ماهیانه|در هر ماه|هر ماه|(?:a|per|each|every) month"
    r"(?! (?:before|earlier|ago|later))|monthly)"
    r"|(?P<year>(?<!گزارش )(?<!آمار )(?:سالانه|سالیانه)|سالی|در هر سال|هر سال"
    r"|(?:a|per|each|every) year(?! (?:before|earlier|ago|later))|yearly|annually))(?!\w)"
)
# A month and a year of the mean length; `rates` counts whole ones.
PER_HOURS = {"day": 24, "hour": 1, "week": 168, "month": 730, "year": 8766}
EVERY = re.compile(
    r"(?<!\w)(?:هر|every|each) (?P<n>\w{1,9}) (?P<unit>ثانیه|دقیقه|seconds?|minutes?)[،,]? "
    r"(?:یک|1|one|an?)(?!\w)"
)
EVERY_SECONDS = {"ثانیه": 1, "second": 1, "seconds": 1, "دقیقه": 60, "minute": 60, "minutes": 60}
PART_OF = re.compile(
    r"(?<!\w)(?:از (?:این|آن)(?: \w+)?|از این تعداد|از این میان|آنها|آن ها|of (?:these|them|which|"
    r"those)|among them|including|شامل|مورد آن|تماس آن)(?!\w)"
)
GROWTH = re.compile(
    r"(?<!\w)(?:رشد|افزایش\w*|افزوده|بیشتر(?:ی)?|صعود|grew|growth|increased?|rise|rose|risen"
    r"|(?<!made )(?<!make )(?<!makes )(?<!making )up|more"
    r"|higher|(?P<down>کاهش\w*|کمتر|افت|fell|fall(?:en)?|drop(?:ped)?|decreased?|declined?|fewer"
    r"|lower|less|down))(?!\w)"
)
BEFORE = re.compile(
    r"(?<!\w)(?:(?:مدت|دوره|زمان|ماه|هفته|روز) مشابه|پارسال|سال (?:قبل|پیش|گذشته)|هفته (?:پیش|قبل)|"
    r"ماه (?:پیش|قبل)|روز (?:پیش|قبل)|(?:year|week|month|day) (?:before|earlier|ago)|"
    r"previous (?:year|week|month|day|period)|same (?:period|month|week)|last year)(?!\w)"
)
BOUNDARY = re.compile(
    r"[،,:()\[\]\"/]| - | (?:و|and|که|while|but|اما|یعنی|معادل|or|ولی|with|of which|so|that is) "
)
SENTENCE_END = re.compile(r"(?:[!?؟؛;\n]|(?<!i\.e)(?<!e\.g)(?<!\.m)\.(?=[\s\"»)]|$))\s*")
BASE_BEFORE = re.compile(
    r"(?<!\w)(?:(?<!number )(?<!share )(?<!total )of|از|out of|among|از میان|از بین)"
    r"(?: (?:all|the|these|those|total|its|our|کل|این|همه|مجموع|تعداد|تمام))* ?$"
)
PAIRED = re.compile(
    r"(?: \w+){0,5}(?:[،,]? ?\(|[،,]) ?(?:معادل |یعنی |یا |or |that is |i\.e\. )?"
    r"(?:just |only |فقط |تنها )?"
)
# What ties a share to the count before it, however far that is in the sentence.
LINKED = re.compile(
    r"[ ،,(](?:معادل|یعنی|برابر(?: با)?|یا|که|or|that is,?|i\.e\.,?|equal to|equivalent to"
    r"|which (?:is|was|makes? up|made up)|making up|representing|accounting for)"
    r"(?: (?:just|only|فقط|تنها|در مجموع|به عبارتی))? ?$"
)
# Behind a share: it is a share of what was named before, and not that number's own.
OF_THEM = re.compile(
    r" ?(?:of (?:them|these|those|which)"
    r"|(?:از )?(?:آنها|آن ها|اینها|این ها|آن(?=[ ،,])|این (?:تعداد|تماس)))"
)
PART_OF_NEXT = re.compile(r"(?: \w+){0,2} (?:of|out of|از)(?: (?:the|all|its|مجموع|کل|مجموعا))? ")
IT_FOLLOWS = re.compile(
    r"(?<!\w)(?:یعنی|معادل|میانگین|متوسط|average|mean|that is|which is|works out|or)(?!\w)"
)
# A table: two rows with a bar, or one with two. Its cells are about other things than each other.
TABLE = re.compile(r"(?:^[^|\n]*\|[^\n]*$\n?){2,}|^[^|\n]*\|[^|\n]*\|[^\n]*$", re.MULTILINE)
# Addresses and ids of figures: their digits are no numbers of the text.
ADDRESS = re.compile(r"(?<![^\s(\[])(?=[^\s/()\[\]]*[a-z])[^\s/()\[\]]+(?:/[^\s/)\]،,]*){2,}")
JOINED = re.compile(r" (?:و|and) ")
RANGE = re.compile(r" ?(?:to|تا|الی|-|until) ?")
FROM = re.compile(r"(?<!\w)(?:از|from) ?$")
BETWEEN = re.compile(r"(?<!\w)(?:بین|between) ?$")
COMPARED = re.compile(
    r"(?<!\w)(?:compared (?:with|to)|against|up from|down from|from|than"
    r"|در مقایسه با|در برابر|نسبت به)"
    r"(?: (?:the|just|only|تعداد|رقم))* ?$"
)
MORE_THAN = re.compile(r"(?P<up>more|higher|بیشتر)|fewer|less|lower|کمتر")
TO_LATER = re.compile(r"[^.؛\n،,]{0,40} (?:به|to) ")
FROM_OLD = re.compile(
    r" (?:\w+ ){0,2}(?:from|over|on|than|compared (?:with|to)|نسبت به|از)(?: (?:the|تعداد|رقم))? ?"
)
FROM_OLDER = re.compile(r"[^.؛\n،,]{0,24} from ")
TOGETHER = re.compile(
    r"(?<!\w)(?:together|in all|adding up to|a total of|in total|جمعا|روی هم|در مجموع|"
    r"مجموع(?:ا| آنها)?)(?!\w)"
)
