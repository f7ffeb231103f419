#include "link/simulated/translate.h"

#include <type_traits>

namespace parley::link::simulated {
namespace {

// The simulated network acknowledges after some milliseconds, so this bounds how many messages a
// channel sends a second.
constexpr int kMaxInFlight = 256;

struct StatusPair {
  net::ReceiptStatus receipt;
  core::MessageStatus status;
};
constexpr StatusPair kStatuses[] = {
    {net::ReceiptStatus::kDelivered, core::MessageStatus::kDelivered},
    {net::ReceiptStatus::kRead, core::MessageStatus::kRead},
    {net::ReceiptStatus::kPlayed, core::MessageStatus::kPlayed},
    {net::ReceiptStatus::kFailed, core::MessageStatus::kFailed},
};
static_assert(std::size(kStatuses) == net::kReceiptStatusNames.rows.size());

struct CategoryPair {
  net::BilledCategory billed;
  core::ConversationCategory category;
};
constexpr CategoryPair kCategories[] = {
    {net::BilledCategory::kMarketing, core::ConversationCategory::kMarketing},
    {net::BilledCategory::kUtility, core::ConversationCategory::kUtility},
    {net::BilledCategory::kAuthentication, core::ConversationCategory::kAuthentication},
    {net::BilledCategory::kService, core::ConversationCategory::kService},
};
static_assert(std::size(kCategories) == net::kBilledCategoryNames.rows.size());

std::optional<core::Conversation> ConversationOf(
    const std::optional<net::BilledConversation>& billed) {
  if (!billed) return std::nullopt;
  core::Conversation conversation;
  conversation.id = billed->id;
  conversation.expires_at = billed->expires_at;
  conversation.billable = billed->billable;
  for (const CategoryPair& pair : kCategories)
    if (pair.billed == billed->category) conversation.category = pair.category;
  return conversation;
}

struct NoticeReport {
  net::Network& network;
  const net::DeviceInfo& device;
  const std::string& number;  // the device's
  base::Time at;

  using Report = std::optional<core::LinkReport>;
  Report operator()(const net::GroupChanged& notice) const {
    core::GroupReport report;
    report.info = InfoOf(network, notice.group, number);
    for (const net::GroupAspect aspect : notice.changed)
      report.changed.emplace_back(NameOf(aspect));
    report.by = PeerOf(network, notice.by);
    report.at = at;
    return core::LinkReport(std::move(report));
  }
  Report operator()(const net::GroupParticipantsChanged& notice) const {
    core::ParticipantsReport report;
    report.group = core::Address{core::AddressKind::kGroup, notice.group};
    report.subject = notice.subject;
    ParseName(NameOf(notice.action), report.action);
    for (const std::string& participant : notice.participants)
      report.participants.push_back(PeerOf(network, participant));
    report.by = PeerOf(network, notice.by);
    if (const auto group = network.groups().Get(number, notice.group))
      report.info = InfoOf(network, *group, number);
    report.at = at;
    return core::LinkReport(std::move(report));
  }
  Report operator()(const net::CallChanged& changed) const {
    const net::Call& call = changed.call;
    core::CallReport report;
    report.call.from_me = call.from == number;
    report.with = PeerOf(network, report.call.from_me ? call.to : call.from);
    report.call.id = call.id;
    report.call.video = call.video;
    report.call.group = call.group;
    report.call.at = call.at;
    report.call.changed_at = call.changed_at;
    // To the caller it is all one whether the other phone was off.
    if (!ParseName(NameOf(call.status), report.call.status))
      report.call.status = core::CallStatus::kMissed;
    return core::LinkReport(std::move(report));
  }
  Report operator()(const net::ContactChanged& changed) const {
    core::ContactReport report;
    report.news.peer = PeerOf(network, changed.number);
    report.news.name = changed.name;
    return core::LinkReport(std::move(report));
  }
  Report operator()(const net::BlockChanged& changed) const {
    core::ContactReport report;
    report.news.peer = PeerOf(network, changed.number);
    report.news.blocked = changed.blocked;
    return core::LinkReport(std::move(report));
  }
  Report operator()(const net::ProfileChanged& changed) const {
    if (changed.person.number == number) return core::LinkReport(PairedOf(network, device));
    core::ContactReport report;
    report.news.peer = PeerOf(network, changed.person.number);
    report.news.picture_changed = true;
    return core::LinkReport(std::move(report));
  }
  Report operator()(const net::ChatChanged& changed) const {
    core::ChatReport report;
    report.group = GroupAt(network, changed.chat);
    if (!report.group) report.with = PeerOf(network, changed.chat);
    ParseName(NameOf(changed.action), report.action);  // both sides have the same names
    report.muted_until = changed.muted_until;
    return core::LinkReport(std::move(report));
  }
  Report operator()(const net::GroupMuted& changed) const {
    core::ChatReport report;
    report.group = GroupAt(network, net::GroupAddress(changed.group));
    report.action = changed.until ? core::ChatAction::kMute : core::ChatAction::kUnmute;
    report.muted_until = changed.until;
    return core::LinkReport(std::move(report));
  }
  Report operator()(const net::TemplateChanged& changed) const {
    core::TemplateReport report;
    report.subject = TemplateOf(changed.subject, number);
    report.at = at;
    return core::LinkReport(std::move(report));
  }
  template <class Other>
  Report operator()(const Other&) const {
    return std::nullopt;
  }
};

}  // namespace

net::Profile ProfileOf(std::string_view link_profile) {
  return link_profile == "business" ? net::Profile::kBusiness : net::Profile::kPhone;
}

namespace {

core::Capabilities MakeCapabilities(net::Profile profile) {
  core::Capabilities capabilities;
  capabilities.message_id = core::MessageIdOwner::kOurs;
  capabilities.pairing_qr = capabilities.pairing_code = true;
  capabilities.customer_window = profile == net::Profile::kBusiness;
  capabilities.groups = capabilities.newsletters = profile == net::Profile::kPhone;
  for (const auto& [kind, name] : net::kMessageKindNames.rows) {
    core::ContentKind ours;
    if (net::CanSend(profile, kind) && ParseName(name, ours)) capabilities.kinds.push_back(ours);
  }
  capabilities.max_media_size = net::kMaxMedia;
  capabilities.max_in_flight = kMaxInFlight;
  return capabilities;
}

}  // namespace

core::Capabilities CapabilitiesOf(net::Profile profile) {
  // Asked for with every message.
  static const core::Capabilities phone = MakeCapabilities(net::Profile::kPhone);
  static const core::Capabilities business = MakeCapabilities(net::Profile::kBusiness);
  return profile == net::Profile::kBusiness ? business : phone;
}

core::Peer PeerOf(const net::Network& network, const std::string& number) {
  core::Peer peer;
  peer.phone = number;
  if (const auto person = network.FindPerson(number)) {
    peer.lid = person->lid;
    peer.username = person->username;
    peer.push_name = person->push_name;
    peer.verified_name = person->verified_name;
    peer.is_business = person->is_business;
  }
  return peer;
}

std::string PictureTypeOf(std::string_view head) {
  if (head.starts_with("\x89PNG")) return "image/png";
  if (head.starts_with("GIF8")) return "image/gif";
  if (head.starts_with("RIFF") && head.substr(std::min<std::size_t>(8, head.size())) == "WEBP")
    return "image/webp";
  return "image/jpeg";
}

core::PairedReport PairedOf(const net::Network& network, const net::DeviceInfo& device) {
  core::PairedReport report;
  report.phone = device.number;
  if (const auto person = network.FindPerson(device.number)) {
    report.profile.push_name = person->push_name;
    report.profile.platform = NameOf(person->platform);
    report.profile.lid = person->lid;
    report.profile.is_business = person->is_business || device.profile == net::Profile::kBusiness;
  }
  return report;
}

std::optional<net::Content> ContentOf(const core::Content& content, const std::string& target) {
  if (const auto* text = std::get_if<core::TextContent>(&content); text && !text->mentions)
    return net::TextContent{text->body};
  std::string written;
  core::AppendJsonForm(written, content);
  auto form = base::ParseJson(written);
  if (!form) return std::nullopt;
  // The network means messages by its own ids.
  if (core::IsModifier(core::KindOf(content))) form->as_object()["target"] = base::JsonView(target);
  net::Content out;
  if (!net::ReadJsonForm(*form, out)) return std::nullopt;
  return out;
}

std::optional<core::Content> ContentOf(const net::Content& content, const core::MediaRef* media) {
  if (const auto* text = std::get_if<net::TextContent>(&content); text && text->mentions.empty())
    return core::TextContent{text->body};
  std::string written;
  net::AppendJsonForm(written, content);
  auto form = base::ParseJson(written);
  if (!form) return std::nullopt;
  base::json::object& members = form->as_object();
  members.erase("target");
  members.erase("card_media");  // what another device sent: there are no rows for it
  if (media != nullptr) {
    auto row = base::ParseJson(base::EncodeText(*media));
    if (!row) return std::nullopt;
    members["media"] = std::move(*row);
  }
  core::Content out;
  if (!core::ReadJsonForm(*form, out)) return std::nullopt;
  return out;
}

core::GroupInfo InfoOf(net::Network& network, const net::Group& group, std::string_view number) {
  core::GroupInfo info;
  info.address = group.id;
  info.subject = group.subject;
  info.description = group.description;
  info.owner = PeerOf(network, group.owner);
  info.created_at = group.created_at;
  info.announce = group.announce;
  info.restricted = group.restricted;
  info.join_approval = group.join_approval;
  info.members_add = group.member_add_mode == net::MemberAddMode::kAll;
  info.has_picture = !group.picture.empty();
  const auto muted = network.groups().MutedUntil(number, group.id);
  const auto chat_muted = network.IsMuted(number, net::GroupAddress(group.id));
  info.is_muted = (muted && muted->has_value()) || (chat_muted && *chat_muted);
  for (const net::GroupParticipant& participant : group.participants) {
    core::GroupParticipant& out = info.participants.emplace_back();
    out.peer = PeerOf(network, participant.number);
    ParseName(NameOf(participant.role), out.role);  // the roles of both sides have the same names
    out.joined_at = participant.joined_at;
    if (const auto person = network.FindPerson(participant.number))
      out.platform = NameOf(person->platform);
  }
  return info;
}

core::Template TemplateOf(const net::Template& subject, std::string_view number) {
  core::Template out;
  out.id = subject.id;
  out.name = subject.name;
  out.language = subject.language;
  out.namespace_id = net::TemplateNamespaceOf(number);
  ParseName(NameOf(subject.category), out.category);  // both sides have the same names
  ParseName(NameOf(subject.status), out.status);
  out.components = subject.components;
  out.rejected_reason = subject.rejected_reason;
  return out;
}

std::optional<core::IncomingGroup> GroupAt(net::Network& network, std::string_view address) {
  const net::Chat chat = net::ChatOf(address);
  core::IncomingGroup group;
  group.address.value = chat.id;
  switch (chat.kind) {
    case net::ChatKind::kPerson:
    case net::ChatKind::kStatus:
      return std::nullopt;
    case net::ChatKind::kGroup:
      group.address.kind = core::AddressKind::kGroup;
      if (const auto found = network.groups().Find(chat.id)) group.subject = found->group.subject;
      break;
    case net::ChatKind::kNewsletter:
      group.address.kind = core::AddressKind::kNewsletter;
      if (const auto found = network.newsletters().Find(chat.id))
        group.subject = found->newsletter.name;
      break;
  }
  return group;
}

std::optional<core::LinkReport> NoticeOf(net::Network& network, const net::Notice& notice,
                                         const net::DeviceInfo& device) {
  return std::visit(NoticeReport{network, device, device.number, notice.at}, notice.content);
}

std::vector<core::LinkReport> ContactsOf(const net::Network& network, const std::string& number) {
  std::vector<core::LinkReport> reports;
  std::string after;
  while (true) {
    const auto page = network.ListContacts(number, after, net::kMaxPage);
    if (!page || page->empty()) break;
    for (const net::Contact& contact : *page) {
      core::ContactReport report;
      report.news.peer = PeerOf(network, contact.number);
      report.news.name = contact.name;
      reports.emplace_back(std::move(report));
    }
    after = page->back().number;
  }
  if (const auto blocked = network.ListBlocked(number))
    for (const std::string& other : *blocked) {
      core::ContactReport report;
      report.news.peer = PeerOf(network, other);
      report.news.blocked = true;
      reports.emplace_back(std::move(report));
    }
  return reports;
}

core::ReceiptReport ReceiptOf(const net::Network& network, const net::Receipt& receipt) {
  core::ReceiptReport report;
  report.link_id = receipt.message_id;
  if (!receipt.group.empty() && !receipt.number.empty())
    report.participant = PeerOf(network, receipt.number);
  report.at = receipt.at;
  for (const StatusPair& pair : kStatuses)
    if (pair.receipt == receipt.status) report.status = pair.status;
  if (receipt.status == net::ReceiptStatus::kFailed)
    report.failure = core::Failure{receipt.code, receipt.text};
  report.conversation = ConversationOf(receipt.conversation);
  return report;
}

core::SendOutcome OutcomeOf(const net::SendResult& result) {
  if (const auto* accepted = std::get_if<net::Accepted>(&result)) {
    core::SendAccepted out;
    out.at = accepted->at;
    out.recipients = static_cast<int>(accepted->recipients);
    out.conversation = ConversationOf(accepted->conversation);
    return out;
  }
  const auto& refused = std::get<net::Refused>(result);
  core::SendRefused out;
  out.kind =
      refused.retryable ? core::SendRefused::Kind::kRetryable : core::SendRefused::Kind::kPermanent;
  out.failure = core::Failure{refused.code, refused.text};
  return out;
}

}  // namespace parley::link::simulated
