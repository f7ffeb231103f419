// Bodies of the routes about what connects a channel by Meta's Cloud API.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/schema.h"

namespace parley::admin {

struct CloudBody {
  std::string phone_number_id, business_account_id, access_token, app_secret;
  std::optional<std::string> verify_token;
  std::optional<bool> app_secret_proof;
  static constexpr auto Fields() {
    using B = CloudBody;
    return FieldList(
        Required("phone_number_id", &B::phone_number_id, MaxLength(32),
                 Doc("From the app's page WhatsApp > API Setup; not the number itself")),
        Required("business_account_id", &B::business_account_id, MaxLength(32),
                 Doc("WhatsApp Business Account ID, from the same page")),
        Required("access_token", &B::access_token, MinLength(1), MaxLength(1000),
                 Doc("Of a system user, with whatsapp_business_messaging and "
                     "whatsapp_business_management")),
        Required("app_secret", &B::app_secret, MinLength(1), MaxLength(200),
                 Doc("From App settings > Basic; it signs the webhooks")),
        Optional("verify_token", &B::verify_token, MinLength(1), MaxLength(200),
                 Doc("Drawn when left out; a change keeps the one before")),
        Optional("app_secret_proof", &B::app_secret_proof,
                 Doc("Send appsecret_proof with each request, for apps that require it")));
  }
};

struct CloudView {
  std::string phone_number_id, business_account_id, webhook_url, verify_token;
  bool app_secret_proof = false;
  static constexpr auto Fields() {
    using V = CloudView;
    return FieldList(
        Required("phone_number_id", &V::phone_number_id),
        Required("business_account_id", &V::business_account_id),
        Required("webhook_url", &V::webhook_url,
                 Doc("Callback URL for the app's page WhatsApp > Configuration; Meta must reach it "
                     "by https (--public-url)")),
        Required("verify_token", &V::verify_token, Doc("Verify token for the same page")),
        Required("app_secret_proof", &V::app_secret_proof));
  }
};

struct FindingView {
  std::string check;
  bool ok = false;
  std::string text;
  std::optional<std::string> fix;
  static constexpr auto Fields() {
    using V = FindingView;
    return FieldList(
        Required("check", &V::check,
                 Doc("token, permissions, number, registered, callback_url, account, subscription, "
                     "app_secret, fields, public_url, webhook, verify_token; graph when it does "
                     "not answer")),
        Required("ok", &V::ok), Required("text", &V::text, Doc("A sentence for people")),
        Optional("fix", &V::fix, Doc("Of what is not ok: what to do or write instead")));
  }
};
struct CloudCheckView {
  std::vector<FindingView> findings;
  static constexpr auto Fields() {
    return FieldList(Required("findings", &CloudCheckView::findings,
                              Doc("What could not be looked at, as another finding stands in its "
                                  "way, is not among them")));
  }
};

}  // namespace parley::admin
