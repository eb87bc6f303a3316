"""Words that numbers are made of, in Persian and English, as the folded text spells them."""

SMALL: dict[str, int] = {
    word: value
    for value, words in {
        0: "صفر zero",
        1: "یک یکی one",
        2: "دو two",
        3: "سه three",
        4: "چهار four",
        5: "پنج five",
        6: "شش شیش six",
        7: "هفت seven",
        8: "هشت eight",
        9: "نه nine",
        10: "ده ten",
        11: "یازده eleven",
        12: "دوازده twelve",
        13: "سیزده thirteen",
        14: "چهارده fourteen",
        15: "پانزده پونزده fifteen",
        16: "شانزده sixteen",
        17: "هفده seventeen",
        18: "هجده هیجده eighteen",
        19: "نوزده nineteen",
        20: "بیست twenty",
        30: "سی thirty",
        40: "چهل forty",
        50: "پنجاه fifty",
        60: "شصت sixty",
        70: "هفتاد seventy",
        80: "هشتاد eighty",
        90: "نود ninety",
        100: "صد یکصد",
        200: "دویست",
        300: "سیصد",
        400: "چهارصد",
        500: "پانصد",
        600: "ششصد",
        700: "هفتصد",
        800: "هشتصد",
        900: "نهصد",
    }.items()
    for word in words.split()
}
SCALES: dict[str, int] = {
    "هزار": 10**3,
    "thousand": 10**3,
    "k": 10**3,
    "میلیون": 10**6,
    "ملیون": 10**6,
    "million": 10**6,
    "mn": 10**6,
    "m": 10**6,
    "میلیارد": 10**9,
    "billion": 10**9,
    "bn": 10**9,
}
HUNDRED = "hundred"
JOINERS = frozenset({"و", "and"})
POINTS = frozenset({"ممیز", "point"})
# "نوزده و دو دهم": the parts after the point, in words.
TENTHS: dict[str, int] = {"دهم": 10, "صدم": 100, "tenth": 10, "tenths": 10}
PARTS: dict[str, int] = {
    word: value
    for value, words in {
        2: "دوم half halves",
        3: "سوم third thirds",
        4: "چهارم quarter quarters",
        5: "پنجم fifth fifths",
        6: "ششم sixth sixths",
        7: "هفتم seventh sevenths",
        8: "هشتم eighth eighths",
        9: "نهم ninth ninths",
        10: "دهم tenth tenths",
    }.items()
    for word in words.split()
}
HALVES: dict[str, int] = {"نیم": 2, "نیمی": 2, "نصف": 2, "half": 2, "ثلث": 3, "ربع": 4}
ARTICLES = frozenset({"a", "an"})
# What stands after a part and makes it something else: half an hour, a third person.
NO_PARTS = frozenset(
    "hour hours day year month party person time shift quarter ساعت روز سال ماه بها".split()
)
# Of days of the week too, whose name a half-space parts: «سه‌شنبه» is no three.
ORDINAL_ENDS = frozenset("st nd rd th ام امین مین م شنبه".split())
VAGUE_ENDS = frozenset({"ها", "ها،"})
