"""A bad sample for each rule: what it must find. And one small good house that all must pass."""

from tests.house.tree import Source

GOOD = [
    Source("src/pasokh/__init__.py", '"""The house."""\n'),
    Source(
        "src/pasokh/core/ids.py",
        '"""Names of things."""\n\n\ndef call_id(text: str) -> str:\n    """Text as an id."""\n'
        "    return text\n",
    ),
    Source(
        "src/pasokh/answer/events.py",
        '"""What happened."""\n\nfrom pasokh.core.machine import Event\n\n\n'
        'class CallRang(Event, frozen=True):\n    """A call rang."""\n\n    at: int\n',
    ),
    Source(
        "src/pasokh/adapters/api/app.py",
        '"""The door."""\n\nrequest = time_zone = status_code = 1\n',
    ),
    Source("src/pasokh/drivers/cases/form.py", '"""Case files."""\n\ncase = 1\n'),
    Source(
        "src/pasokh/office/templates/office/good.html",
        '<html lang="{{ language }}" dir="rtl"><p title="{% say \'office.home\' %}">'
        "{% say 'office.home' %} <bdi>{{ incident.number }}</bdi> O1 + O2</p>"
        '<input type="hidden" name="next" value="home"><script>const a = "Home";</script></html>',
    ),
    Source(
        "src/pasokh/office/static/desk/good.js",
        'const quote = /[`"]/;\n// It\'s "here".\n'
        'const a = html`<p class="row ${on ? "far" : ""}" onClick=${() => { f("x y"); }}>\n'
        '  ${state === "live" ? say.t("desk.live") : say.t(`desk.${state}`)}${" "}\n'
        "  <bdi>${say.digits(incident.number)}</bdi> ${say.number(count)}</p>`;\n",
    ),
    Source(
        "src/pasokh/office/static/desk/good.css",
        "/* left: */ html { font: 400 14px Vazirmatn; font-variant-numeric: tabular-nums; }\n"
        "p { margin: 0 1rem 0 1rem; inset-inline-start: 0; text-align: start; } "
        "button { font: inherit; }\n",
    ),
    Source("tests/office/test_good.py", "def test_good():\n    assert True\n"),
    Source("tests/adapters/test_app.py", "def test_app():\n    assert_answers()\n"),
    Source("tests/drivers/test_form.py", "def test_form():\n    assert True\n"),
    Source("tests/core/test_ids.py", "def test_id():\n    assert True\n"),
    Source("tests/answer/test_events.py", "def test_event():\n    with pytest.raises(E): f()\n"),
]


def _core(text: str) -> list[Source]:
    return [Source("src/pasokh/core/bad.py", text), Source("tests/core/test_bad.py", "")]


def _page(text: str) -> list[Source]:
    return [Source("src/pasokh/office/templates/office/bad.html", text)]


def _script(text: str) -> list[Source]:
    return [Source("src/pasokh/office/static/desk/bad.js", text)]


def _sheet(text: str) -> list[Source]:
    return [Source("src/pasokh/office/static/desk/bad.css", text)]


def _forks(count: int) -> str:
    return "def f(a):\n" + "    if a:\n        a()\n" * count


_LONG = "def f():\n" + "    a()\n" * 51
_MARK = "# TO" + "DO: later\n"
_INDEX = "see https://py" + "pi.org/simple\n"
_PLACE = 'open("/ho' + 'me/reza/pasokh")\n'

BAD: dict[str, list[list[Source]]] = {
    "no file over 500 lines": [_core("a = 1\n" * 501)],
    "median file at most 150 lines": [[Source("src/pasokh/core/bad.py", "a = 1\n" * 151)]],
    "no function over 50 lines": [_core(_LONG)],
    "median function at most 8 lines": [_core("def f():\n" + "    a()\n" * 8)],
    "complexity at most 10, core and floors 8": [
        _core(_forks(8)),
        [Source("tests/core/test_bad.py", _forks(10))],
    ],
    "at most 5 positional arguments": [_core("def f(a, b, c, d, e, g): ...\n")],
    "no import cycles": [
        [
            Source("src/pasokh/core/a.py", "from pasokh.core import b\n"),
            Source("src/pasokh/core/b.py", "def f():\n    import pasokh.core.a\n"),
        ],
        [
            Source("src/pasokh/core/a.py", "from . import b\n"),
            Source("src/pasokh/core/b.py", "from .a import f\n"),
        ],
    ],
    "__init__.py holds its docstring": [
        [
            Source(
                "src/pasokh/core/__init__.py", '"""Core."""\nfrom pasokh.core.ids import call_id\n'
            )
        ],
        [Source("src/pasokh/core/__init__.py", "")],
    ],
    "no imports inside functions": [_core("def f():\n    import os\n")],
    "module docstrings": [_core("a = 1\n")],
    "public docstrings": [_core("def f(): ...\n"), _core("class A: ...\n")],
    "no empty file names": [
        [Source("src/pasokh/core/utils.py", "")],
        [Source("src/pasokh/answer/models.py", "")],
        [Source("src/pasokh/adapters/common/a.py", "")],
    ],
    "class names are unique": [
        [
            Source("src/pasokh/answer/state.py", "class Line: ...\n"),
            Source("src/pasokh/dispatch/state.py", "class Line: ...\n"),
        ]
    ],
    "the glossary is law": [
        _core("class Ticket: ...\n"),
        _core("def f(open_tickets): ...\n"),
        _core("severity = 1\n"),
        _core("def f(self):\n    self.call_status = 1\n"),
        [Source("src/pasokh/core/kpi.py", "")],
        [Source("src/pasokh/drivers/live.py", "case = 1\n")],
        [Source("src/pasokh/adapters/api/a.py", "def f(spam): ...\n")],
    ],
    "the clock is a port": [
        _core("import time\nt = time.time()\n"),
        _core("t = datetime.datetime.now(tz)\n"),
        _core("t = datetime.utcnow()\n"),
    ],
    "chance has a seed": [
        _core("import random\n"),
        _core("from secrets import token_hex\n"),
        [Source("src/pasokh/adapters/api/a.py", "import random\n")],
    ],
    "only cli and wiring print": [_core('print("x")\n')],
    "no float for time": [
        _core("def f(at: float): ...\n"),
        _core("class A:\n    wait_seconds: float | None = None\n"),
    ],
    "broad excepts are listed": [
        _core("def f():\n    try:\n        a()\n    except Exception:\n        pass\n"),
        _core("try:\n    a()\nexcept:\n    pass\n"),
        _core("try:\n    a()\nexcept (ValueError, BaseException):\n    pass\n"),
    ],
    "no type-ignore in the pure rooms": [_core("a = b()  # type: ignore[misc]\n")],
    "commands and events are frozen Structs": [
        [Source("src/pasokh/answer/events.py", "class Rang(Event): ...\n")],
        [Source("src/pasokh/dispatch/commands.py", "@dataclass\nclass Send: ...\n")],
        [Source("src/pasokh/dispatch/events_units.py", "class A(Event, frozen=False): ...\n")],
    ],
    "pages say the catalogues' words": [
        _page("<p>Sign in</p>"),
        _page("<p>{{ name }}، خوش آمدید</p>"),
        _page('<img src="{{ a }}" alt="The county">'),
        _page('<input type="submit" value="Save">'),
        _script("const a = html`<p>${say.t(id)} <b>calls</b></p>`;"),
        _script('const a = html`<button aria-label="Close" onClick=${() => { f(); }}>×</button>`;'),
        _script('const a = html`<p>${busy ? "Wait" : say.t(id)}</p>`;'),
        _script("const a = html`<ul>${rows.map((row) => html`<li>Unit ${row}</li>`)}</ul>`;"),
    ],
    "scripts say the catalogues' words": [
        _script('line.textContent = "Lost";'),
        _script("button.setAttribute('aria-label', `Close ${name}`);"),
        _script('confirm("Are you sure?");'),
    ],
    "forms say the catalogues' words": [
        [Source("src/pasokh/office/forms.py", 'a = CharField(label="Your name")\n')],
        [Source("src/pasokh/office/forms.py", 'raise ValidationError(f"{a} is no day")\n')],
        [Source("src/pasokh/office/views.py", 'messages.success(request, "Saved.")\n')],
    ],
    "one set of catalogues": [
        _page('{% load i18n %}{% trans "Sign in" %}'),
        [Source("src/pasokh/office/a.py", "from django.utils.translation import gettext_lazy\n")],
    ],
    "Persian letters only in the catalogues": [
        [Source("src/pasokh/office/a.py", 'a = "تماس"\n')],
        _script('const a = { name: "تماس" };'),
        _page("<p>۱۱۰</p>"),
    ],
    "values keep their direction": [
        _page('<html dir="rtl"><p>{{ incident.number }}</p></html>'),
        _page("<td>{{ unit.call_sign|default:'' }}</td>"),
        _script("const a = html`<span>${say.digits(incident.number)}</span>`;"),
        _script("const a = html`<span>${say.time(call.offered_at)}</span>`;"),
    ],
    "sides are logical": [
        _sheet("p { margin-left: 1rem; }"),
        _sheet("@media print { p { color: red; text-align: right } }"),
        _sheet("p { padding: 0 1rem 0 2rem; }"),
        _sheet("p { border-top-left-radius: 2px; }"),
        _sheet(".a { position: absolute; left: 0; }"),
        _script("row.style.marginLeft = width;"),
    ],
    "figures do not dance": [
        _sheet("html { font: 400 14px Vazirmatn; }"),
        _sheet("p { font-variant-numeric: tabular-nums; font: 1rem Vazirmatn; }"),
        _sheet("p { font-variant-numeric: proportional-nums; }"),
    ],
    "every test asserts": [
        [Source("tests/core/test_a.py", "def test_a():\n    f()\n")],
        [Source("tests/story.py", "class Story:\n    def then(self, *events):\n        f()\n")],
        [Source("tests/core/test_a.py", "async def test_a():\n    recheck_it()\n")],
    ],
    "tests mirror the rooms": [
        [Source("src/pasokh/core/ids.py", "")],
        [Source("tests/test_a.py", "")],
        [Source("tests/various/test_a.py", "")],
        [Source("src/pasokh/drivers/live.py", ""), Source("tests/core/test_a.py", "")],
    ],
    "nothing left unfinished": [_core(_MARK), [Source("docs/a.md", _MARK)]],
    "no address of a package index": [
        [Source("requirements/run.txt", _INDEX)],
        [Source("requirements/run.txt", "--find" + "-links wheels\n")],
    ],
    "no path of one machine": [_core(_PLACE), [Source("script/x", "cd /wo" + "rk/main\n")]],
}
