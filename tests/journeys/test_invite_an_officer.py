"""The administrator hands an officer a slip; the officer sets a password and a second factor, and comes to the desk with them."""

import base64
import time

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from .conftest import Visitor

PASSWORD = "lamps-by-the-river-9"
STEP = 30  # seconds between two codes of an authenticator app


def shown(secret: str, ahead: int = 0) -> str:
    """What an authenticator app shows now, or a step later: each code is good once."""
    return TOTP(base64.b32decode(secret), 6, SHA1(), STEP).generate(int(time.time()) + ahead * STEP).decode()


def test_invite_an_officer(visitor: Visitor, another: Visitor) -> None:
    page, officer = visitor.page, another.page
    visitor.enter_as("administrator")
    visitor.go("/accounts/")
    visitor.look("accounts")
    page.locator("form[action*='/accounts/invite/'] button").first.click()
    page.wait_for_load_state()
    visitor.look("account-slip")
    address, username = page.locator("#slip-address").input_value(), page.locator(".c-reference").first.inner_text()

    officer.goto(address)
    assert address not in officer.url, "the code has left the address"
    another.look("account-password")
    officer.locator("[name=password]").fill("short")
    officer.locator("[name=again]").fill("short")
    another.press("设置密码，下一步")
    assert officer.get_by_role("alert").first.is_visible()
    officer.locator("[name=password]").fill(PASSWORD)
    officer.locator("[name=again]").fill(PASSWORD)
    another.press("设置密码，下一步")
    another.look("account-second-step")
    officer.locator("main summary").click()
    secret = officer.locator("main details .u-num").inner_text()
    officer.locator("[name=code]").fill(shown(secret))
    another.press("完成设置并登录")
    another.look("account-recovery-codes")

    another.context.clear_cookies()
    another.go("/people/sign-in/staff/")
    officer.locator("[name=username]").fill(username)
    officer.locator("[name=password]").fill(PASSWORD)
    officer.locator("main button.c-button--primary").click()
    officer.wait_for_load_state()
    officer.locator("[name=code]").fill(shown(secret, ahead=1))
    officer.locator("main button.c-button--primary").click()
    officer.wait_for_load_state()
    another.go("/desk/")
    another.look("account-desk")
    assert officer.get_by_role("heading", level=1).is_visible()
    another.go(address.partition("/accounts/")[1] + address.partition("/accounts/")[2])
    another.look("account-link-used")
    assert "打不开" in officer.locator("h1").inner_text()
    visitor.go(f"/accounts/?q={username}")
    assert "正常" in page.locator("main table").inner_text()
    page.locator("main table a").first.click()
    page.wait_for_load_state()
    visitor.look("account")
