// The routes of the admin API: accounts and their keys.
#include "admin/account_schema.h"
#include "admin/handlers.h"
#include "admin/route_tables.h"

namespace parley::admin {
namespace {

using base::Describe;
using http::QuerySpec;
using http::ResponseSpec;
using enum http::Method;

constexpr ResponseSpec kAccount[] = {{200, "The account", &Describe<AccountView>}};
constexpr ResponseSpec kNewAccount[] = {{201, "The account", &Describe<AccountView>}};
constexpr ResponseSpec kAccounts[] = {{200, "Oldest first", &Describe<AccountList>}};
constexpr ResponseSpec kKeys[] = {
    {200, "Oldest first; keys themselves are not kept", &Describe<KeyList>}};
constexpr ResponseSpec kNewKey[] = {{201, "The key, this once", &Describe<IssuedKeyView>}};
constexpr ResponseSpec kRenewedKey[] = {
    {200, "The key in its place, this once; the old one has stopped working",
     &Describe<IssuedKeyView>}};

constexpr Row kAccountRoutes[] = {
    {{kGet, "/parley/v1/accounts", "List accounts", nullptr, kPage, kAccounts}, &ListAccounts},
    {{kPost, "/parley/v1/accounts", "Make an account", &Describe<NewAccountBody>, {}, kNewAccount},
     &CreateAccount},
    {{kGet, ACCOUNT, "Get an account", nullptr, {}, kAccount}, &GetAccount},
    {{kPatch, ACCOUNT, "Change an account", &Describe<ChangedAccountBody>, {}, kAccount},
     &ChangeAccount},
    {{kGet, ACCOUNT "/keys", "List keys", nullptr, kPage, kKeys}, &ListKeys},
    {{kPost, ACCOUNT "/keys", "Make a key", &Describe<NewKeyBody>, {}, kNewKey}, &CreateKey},
    {{kPost, ACCOUNT "/keys/{fingerprint}/renew", "Replace a key", nullptr, {}, kRenewedKey},
     &RenewKey},
    {{kDelete, ACCOUNT "/keys/{fingerprint}", "Revoke a key", nullptr, {}, kDone}, &RevokeKey},
};

}  // namespace

std::span<const Row> AccountRoutes() { return kAccountRoutes; }

}  // namespace parley::admin
