"""The pages of this room. What allauth does has our addresses, under the names it looks for."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as providers
from allauth.socialaccount.providers.openid_connect.views import callback
from django.urls import path, reverse_lazy
from django.views.decorators.http import require_POST

from comity.server.members.views import own, people, sign_in

urlpatterns = [
    path("sign-in", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in", sign_in.SignIn.as_view(), name="sign_in"),
    path("sign-in/second", factors.authenticate, name="mfa_authenticate"),
    path("sign-in/again", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code", factors.reauthenticate, name="mfa_reauthenticate"),
    path(
        "sign-in/again/passkey",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("sign-in/inactive", account.account_inactive, name="account_inactive"),
    path("sign-in/cancelled", providers.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/failed", providers.login_error, name="socialaccount_login_error"),
    path("sign-in/with/<str:provider_id>", sign_in.by_provider, name="openid_connect_login"),
    path("sign-in/with/<str:provider_id>/back", callback, name="openid_connect_callback"),
    path("sign-in/<str:token>", sign_in.by_link, name="sign_in_link"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("me", own.own_page, name="me"),
    path("people", people.people, name="people"),
    path("people/new", people.invite, name="invite"),
    path("people/<int:pk>", people.change, name="change_person"),
    path("account", own.own_account, name="account"),
    path("account", own.own_account, name="mfa_index"),
    path("account", own.own_account, name="mfa_list_webauthn"),
    path("account/sessions", own.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/password", account.password_change, name="account_change_password"),
    path("account/password/first", account.password_set, name="account_set_password"),
    path("account/app", app.activate_totp, name="mfa_activate_totp"),
    path("account/app/remove", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/passkeys", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/codes/new", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "account/providers",
        require_POST(providers.ConnectionsView.as_view(success_url=reverse_lazy("account"))),
        name="socialaccount_connections",
    ),
]
