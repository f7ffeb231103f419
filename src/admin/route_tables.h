// The admin API's routes, one table per topic, in the order that they are documented in.
#pragma once

#include <span>

#include "admin/schema.h"
#include "admin/service.h"

#define ACCOUNT "/parley/v1/accounts/{account_id}"
#define CHANNEL ACCOUNT "/channels/{channel_id}"

namespace parley::admin {

std::span<const Row> SessionRoutes();
std::span<const Row> AccountRoutes();
std::span<const Row> ChannelRoutes();
std::span<const Row> NewsletterRoutes();
std::span<const Row> MessageRoutes();
std::span<const Row> PeopleRoutes();
std::span<const Row> GroupRoutes();
std::span<const Row> WebhookRoutes();
std::span<const Row> EventRoutes();
std::span<const Row> OverviewRoutes();
std::span<const Row> NodeRoutes();

// What several tables name.
inline constexpr http::QuerySpec kPage[] = {
    {"after", "`next` of the page before"},
    {"limit", "Up to 500, 50 when left out"},
};
inline constexpr http::ResponseSpec kDone[] = {{204, "Done"}};

}  // namespace parley::admin
