#include "sim/network/chat.h"

#include <algorithm>

namespace parley::sim::network {
namespace {

constexpr std::string_view kGroupSuffix = "@g.us";
constexpr std::string_view kNewsletterSuffix = "@newsletter";
constexpr std::string_view kBroadcastSuffix = "@broadcast";

}  // namespace

Chat ChatOf(std::string_view address) {
  Chat chat;
  chat.id = address;
  if (address == kStatusAddress) {
    chat.kind = ChatKind::kStatus;
  } else if (address.ends_with(kGroupSuffix)) {
    chat.kind = ChatKind::kGroup;
    chat.id.remove_suffix(kGroupSuffix.size());
  } else if (address.ends_with(kNewsletterSuffix)) {
    chat.kind = ChatKind::kNewsletter;
    chat.id.remove_suffix(kNewsletterSuffix.size());
  }
  return chat;
}

std::string GroupAddress(std::string_view id) {
  return std::string(id) + std::string(kGroupSuffix);
}

std::string NewsletterAddress(std::string_view id) {
  return std::string(id) + std::string(kNewsletterSuffix);
}

std::string BroadcastAddress(std::string_view id) {
  return std::string(id) + std::string(kBroadcastSuffix);
}

bool IsChatId(std::string_view text) {
  return text.size() >= 5 && text.size() <= 30 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace parley::sim::network
