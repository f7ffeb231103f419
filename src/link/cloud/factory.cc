#include "link/cloud/factory.h"

namespace parley::link::cloud {

std::unique_ptr<core::Link> CloudFactory::Make(const core::Channel& channel,
                                               core::LinkEvents& events) {
  return std::make_unique<CloudLink>(parts_, *this, channel, events);
}

CloudLink* CloudFactory::OfChannel(core::ChannelId channel) const {
  for (const auto& [number, link] : by_number_)
    if (link->channel() == channel) return link;
  return nullptr;
}

CloudLink* CloudFactory::OfNumber(std::string_view phone_number_id) const {
  const auto found = by_number_.find(phone_number_id);
  return found == by_number_.end() ? nullptr : found->second;
}

std::vector<CloudLink*> CloudFactory::OfAccount(std::string_view business_account_id) const {
  std::vector<CloudLink*> links;
  for (const auto& [number, link] : by_number_)
    if (link->credentials()->business_account_id == business_account_id) links.push_back(link);
  return links;
}

bool CloudFactory::Add(CloudLink& link) {
  return by_number_.emplace(link.credentials()->phone_number_id, &link).second;
}

void CloudFactory::Remove(CloudLink& link) {
  if (link.credentials() == nullptr) return;
  const auto found = by_number_.find(link.credentials()->phone_number_id);
  if (found != by_number_.end() && found->second == &link) by_number_.erase(found);
}

bool CloudFactory::MeetChallenge(std::string_view text) {
  const auto found = own_challenges_.find(text);
  if (found == own_challenges_.end()) return false;
  found->second = true;
  return true;
}

bool CloudFactory::ForgetChallenge(const std::string& text) {
  const auto found = own_challenges_.extract(text);
  return !found.empty() && found.mapped();
}

}  // namespace parley::link::cloud
