// What a webhook says of messages that were sent. Pure.
//
// Source: developers.facebook.com, WhatsApp Business Platform, "Status messages webhook reference"
// and "Pricing" (per-message pricing since July 2025; `conversation` is absent since version 24,
// except in free entry points).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "core/channels/link.h"
#include "link/cloud/format/errors.h"

namespace parley::link::cloud::format {

// As Meta has it; empty: not told.
struct PricingIn {
  bool billable = false;
  std::string model;     // CBP, PMP
  std::string category;  // marketing, utility, authentication, service, referral_conversion, ...
  std::string type;      // regular, free_customer_service, free_entry_point
};

struct StatusNews {
  // With a failure when it failed, and the conversation when Meta names one or says what the
  // message alone costs. `chat` has the recipient's number, if it is told.
  core::ReceiptReport receipt;
  // A status that the core does not have, or what it is about; the rest is told all the same.
  std::string unread;
  // Which message it is, from `biz_opaque_callback_data`: also of an attempt whose answer was lost.
  std::optional<core::MessageId> message;
  std::string user_id;  // of the recipient
  std::optional<PricingIn> pricing;
  std::vector<GraphError> errors;
  std::vector<std::string> unknown;  // members that nobody here knows
};

// An element of `statuses`.
base::Result<StatusNews> ReadStatus(const base::json::value& status);

}  // namespace parley::link::cloud::format
