"""axe on a page as it stands: every rule of WCAG 2.2 A and AA, no allow list."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """Say each violation with the first element that shows it."""
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations", "passes"]}
    answer = Axe().run(page, options=options).response
    assert len(answer["passes"]) > 10, "axe looked at nothing"
    return [
        f"{rule['id']} ({len(rule['nodes'])}): {rule['help']}: {rule['nodes'][0]['html'][:200]} "
        f"{rule['nodes'][0].get('failureSummary', '')[:300]}"
        for rule in answer["violations"]
    ]
