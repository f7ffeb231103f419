// What a webhook says of anything but messages: templates, the number, the account, calls, the
// address book. Pure.
//
// Source: developers.facebook.com, WhatsApp Business Platform, "Webhooks", the reference of each
// field.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/channels/link.h"
#include "link/cloud/format/webhook_in.h"

namespace parley::link::cloud::format {

inline constexpr std::size_t kMaxContactsOfSync = 1000;

enum class NoticeWeight { kInfo, kWarning, kCritical };

struct Notice {
  // Whether anything here knows the field. What is not known is to be counted by its name.
  bool known = false;
  // What the core has a place for: TemplateReport (without components: the webhook has none),
  // CallReport, ContactReport.
  std::vector<core::LinkReport> reports;
  // For the log, in one line: "account_update: DISABLED_UPDATE, DISABLE". Nobody's number or words.
  std::string text;
  NoticeWeight weight = NoticeWeight::kInfo;
  // The number cannot work until somebody acts: the reason that its channel's state becomes.
  std::string_view state_reason;
  bool restored = false;    // it can work again: worth a try
  std::string template_id;  // of a template that is another now; it is to be asked for
};

// Of any change but those that IsAboutMessages. Errors have the path within the change's value.
base::Result<Notice> ReadNotice(const Change& change);

}  // namespace parley::link::cloud::format
