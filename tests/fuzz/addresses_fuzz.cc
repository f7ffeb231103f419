// Addresses and ids in every dialect's spelling: what is taken is spelled back so that it is taken
// again and means the same, in every other dialect that can say it, too.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "api/onemsg/addresses.h"
#include "api/twochat/addresses.h"
#include "api/wapio/addresses.h"

using namespace parley;

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

bool IsSpelledIn(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

void CheckAddress(const core::Address& address) {
  switch (address.kind) {
    case core::AddressKind::kPhone:
      Check(IsSpelledIn(address.value, "0123456789") && address.value.size() <= 15);
      break;
    case core::AddressKind::kLid:
      Check(IsSpelledIn(address.value, "0123456789") && address.value.size() <= 20);
      break;
    case core::AddressKind::kNewsletter:
      Check(IsSpelledIn(address.value, "0123456789") && address.value.size() <= 25);
      break;
    case core::AddressKind::kGroup:
      Check(IsSpelledIn(address.value, "0123456789-") && address.value.size() <= 41);
      break;
    case core::AddressKind::kUsername:
      Check(false);  // no dialect takes one
  }
  const auto wapio = api::wapio::ParseRecipient(api::wapio::Jid(address), "to");
  Check(wapio && *wapio == address);
  if (address.kind == core::AddressKind::kNewsletter) return;
  const auto onemsg = api::onemsg::ParseChatId(api::onemsg::ChatId(address));
  Check(onemsg && *onemsg == address);
  if (address.kind != core::AddressKind::kPhone) return;
  core::Peer peer;
  peer.phone = address.value;
  const auto twochat = api::twochat::ParseNumber(api::twochat::PhoneOf(peer), "to_number");
  Check(twochat && *twochat == address);
}

void CheckFault(const base::Error& error, std::string_view field) {
  Check(error.code == base::ErrorCode::kInvalidFields && error.faults.size() == 1 &&
        error.faults[0].path == field && !error.faults[0].text.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto wapio = api::wapio::ParseRecipient(text, "to");
  wapio ? CheckAddress(*wapio) : CheckFault(wapio.error(), "to");
  const auto chat = api::onemsg::ParseChatId(text);
  chat ? CheckAddress(*chat) : CheckFault(chat.error(), "chatId");
  const auto phone = api::onemsg::ParseRecipient(std::nullopt, text);
  phone ? CheckAddress(*phone) : CheckFault(phone.error(), "phone");
  const auto number = api::twochat::ParseNumber(text, "to_number");
  number ? CheckAddress(*number) : CheckFault(number.error(), "to_number");

  if (const auto id = api::wapio::ParseMessageId(text))
    Check(api::wapio::ParseMessageId(api::wapio::Spell(*id)) == id);
  if (const auto id = api::wapio::ParseSessionId(text))
    Check(api::wapio::ParseSessionId(api::wapio::Spell(*id)) == id);
  if (const auto id = api::wapio::ParseOperationId(text))
    Check(api::wapio::ParseOperationId(api::wapio::Spell(*id)) == id);
  if (const auto id = api::onemsg::ParseMessageId(text))
    Check(api::onemsg::ParseMessageId(api::onemsg::Spell(*id)) == id);
  if (const auto id = api::onemsg::ParseMediaId(text))
    Check(api::onemsg::ParseMediaId(api::onemsg::Spell(*id)) == id);
  if (const auto id = api::twochat::ParseWebhookId(text))
    Check(api::twochat::ParseWebhookId(api::twochat::Spell(*id)) == id);
  return 0;
}
