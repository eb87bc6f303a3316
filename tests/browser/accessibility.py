"""axe on a page as it stands: every rule of WCAG 2.2 A and AA, no allow list."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What looks at colours. The others find in one theme what they find in another.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
_AXE = Axe()


def violations(page: Page, *, again: bool = False) -> list[str]:
    """Say each violation with the first element that shows it.

    `again`: in another theme, right after all was looked at in the first: the colours alone.
    """
    only = {"type": "rule", "values": OF_COLOURS} if again else {"type": "tag", "values": RULES}
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE.axe_script)
    # Of the rules that pass one element each is enough to know that axe looked.
    answer = page.evaluate(
        "(asked) => axe.run(asked)", {"runOnly": only, "resultTypes": ["violations"]}
    )
    looked_at = len(answer["passes"]) + len(answer["violations"])
    assert looked_at > (0 if again else 10), "axe looked at nothing"
    return [
        f"{rule['id']} ({len(rule['nodes'])}): {rule['help']}: {rule['nodes'][0]['html'][:200]} "
        f"{rule['nodes'][0].get('failureSummary', '')[:300]}"
        for rule in answer["violations"]
    ]
