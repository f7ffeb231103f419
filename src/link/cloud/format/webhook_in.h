// The body of a webhook: its changes, and what stands in those about messages. Pure.
//
// Source: developers.facebook.com, WhatsApp Business Platform, "Webhooks".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "link/cloud/format/content_in.h"
#include "link/cloud/format/statuses_in.h"

namespace parley::link::cloud::format {

// Meta puts up to 1,000 of something into one webhook.
inline constexpr std::size_t kMaxChanges = 1000;
inline constexpr std::size_t kMaxOfChange = 1000;

struct Change {
  std::string business_account;  // whose it is
  base::Time at;                 // entry.time; the epoch when it says none
  std::string field;             // messages, message_template_status_update, ...
  // Of what is about a number; else empty.
  std::string phone_number_id, display_phone_number;
  const base::json::object* value = nullptr;  // in the body, which must outlive it
};

// kInvalidFields with a path: it is no webhook of a WhatsApp business account. One change without a
// field or value is passed over and counted in `malformed`.
struct Changes {
  std::vector<Change> changes;
  int malformed = 0;
};
base::Result<Changes> ReadChanges(const base::json::value& body);

// Whether ReadMessages has something to say of it: `messages` and `smb_message_echoes`.
bool IsAboutMessages(const Change& change);

// One faulty element does not keep the others from being read: Meta would send all of them again
// for days.
struct MessageNews {
  std::vector<Incoming> messages;  // echoes, too
  std::vector<StatusNews> statuses;
  std::vector<GraphError> errors;    // of the whole: what Meta could not tell of
  std::vector<base::Error> faults;   // of elements that could not be read, with their paths
  std::vector<std::string> unknown;  // members of the value that nobody here knows
};
MessageNews ReadMessages(const Change& change);

}  // namespace parley::link::cloud::format
