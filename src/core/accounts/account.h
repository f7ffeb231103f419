// Accounts: the tenants of a gateway. Everything else belongs to exactly one of them.
#pragma once

#include <optional>
#include <string>

#include "base/fields.h"
#include "core/ids.h"
#include "core/speech/transcription.h"

namespace parley::core {

// What a conversation of each category costs, in the account's own currency. Networks bill by it,
// but do not say how much.
struct ConversationPrices {
  std::optional<double> marketing, utility, authentication, service;

  static constexpr auto Fields() {
    using base::Optional;
    using P = ConversationPrices;
    constexpr base::Range range(0, 1'000'000);
    return base::FieldList(Optional("marketing", &P::marketing, range),
                           Optional("utility", &P::utility, range),
                           Optional("authentication", &P::authentication, range),
                           Optional("service", &P::service, range));
  }
};

// What an account may choose about how Parley talks to it. Stored as JSON: a new field needs no
// migration.
struct AccountSettings {
  bool wapio_envelope = false;  // wrap Wapio answers in {"success":true,"data":...}
  bool onemsg_viewed = false;   // say "viewed" where today's 1MSG says "read"
  std::optional<ConversationPrices> conversation_prices;
  // Voice messages that come in (core/speech).
  TranscriptionEngine transcription = TranscriptionEngine::kOff;
  std::string transcription_language;                  // BCP 47; empty: the engine's own
  std::string transcription_url, transcription_model;  // of the endpoint

  static constexpr auto Fields() {
    return base::FieldList(
        base::Optional("wapio_envelope", &AccountSettings::wapio_envelope,
                       base::Doc("Wrap Wapio answers in {\"success\":true,\"data\":...}")),
        base::Optional("onemsg_viewed", &AccountSettings::onemsg_viewed,
                       base::Doc("1MSG acks say \"viewed\" instead of \"read\"")),
        base::Optional("conversation_prices", &AccountSettings::conversation_prices,
                       base::Doc("What a conversation costs, for 1MSG's statistics; 0 when left "
                                 "out")),
        base::Optional("transcription", &AccountSettings::transcription,
                       base::Doc("Who writes down voice messages that come in: off, embedded "
                                 "(American English) or endpoint")),
        base::Optional("transcription_language", &AccountSettings::transcription_language,
                       base::MaxLength(35), base::Doc("As in en-US; empty = whatever is spoken")),
        base::Optional("transcription_url", &AccountSettings::transcription_url,
                       base::MaxLength(2048),
                       base::Doc("The endpoint, as in https://host/v1/audio/transcriptions")),
        base::Optional("transcription_model", &AccountSettings::transcription_model,
                       base::MaxLength(100), base::Doc("The endpoint's model")));
  }
};

struct Account {
  AccountRow row;
  AccountId id;
  std::string name;
  std::string plan = "free";  // a label for the operator
  bool on_trial = false;
  std::optional<base::Time> expires_at;  // after it, every call is refused as unpaid
  bool blocked = false;
  std::string block_reason;
  std::int64_t requests_per_minute = 0;  // 0 = unlimited
  std::int64_t burst = 0;                // requests at once; 0 = requests_per_minute
  std::int64_t messages_per_month = 0;   // that programs may send; 0 = unlimited
  AccountSettings settings;
  std::string sealed_transcription_key;  // of the endpoint; empty: none
  base::Time created_at;
};

}  // namespace parley::core
