// What the dashboard's overview shows. The vendor names the route and not its members; these are
// ours.
#pragma once

#include "api/wapio/schema.h"

namespace parley::api::wapio {

struct SessionCounts {
  std::int64_t total = 0, connected = 0, connecting = 0, disconnected = 0, pending = 0,
               pending_deletion = 0;
  static constexpr auto Fields() {
    using C = SessionCounts;
    return FieldList(Required("total", &C::total, Doc("All but deleted ones")),
                     Required("connected", &C::connected), Required("connecting", &C::connecting),
                     Required("disconnected", &C::disconnected), Required("pending", &C::pending),
                     Required("pending_deletion", &C::pending_deletion));
  }
};

struct WebhookCounts {
  std::int64_t total = 0, active = 0;
  static constexpr auto Fields() {
    return FieldList(Required("total", &WebhookCounts::total),
                     Required("active", &WebhookCounts::active));
  }
};

struct DashboardReply {
  std::string account_id, name, plan;
  bool on_trial = false;
  std::optional<std::string> expires_at;
  std::int64_t requests_per_minute = 0;
  SessionCounts sessions;
  WebhookCounts webhooks;
  static constexpr auto Fields() {
    using R = DashboardReply;
    return FieldList(Required("account_id", &R::account_id), Required("name", &R::name),
                     Required("plan", &R::plan), Required("on_trial", &R::on_trial),
                     Optional("expires_at", &R::expires_at, NullWhenAbsent()),
                     Required("requests_per_minute", &R::requests_per_minute, Doc("0: no limit")),
                     Required("sessions", &R::sessions), Required("webhooks", &R::webhooks));
  }
};

}  // namespace parley::api::wapio
