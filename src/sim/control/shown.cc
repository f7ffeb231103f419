#include "sim/control/shown.h"

namespace parley::sim::control {
namespace {

std::optional<std::string> UnlessEmpty(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

std::string MediaUrl(const std::string& sha256, const Call& call) {
  return call.BaseUrl() + "/media/" + sha256;
}

std::optional<ShownMedia> ShowMedia(const network::Content& content, const Call& call) {
  const network::Media* media = network::MediaOf(content);
  if (media == nullptr) return std::nullopt;
  ShownMedia shown;
  shown.url = MediaUrl(media->sha256, call);
  shown.mime_type = media->mime_type;
  shown.size = media->size;
  shown.file_name = media->file_name;
  shown.sha256 = media->sha256;
  if (media->voice) shown.voice = true;
  shown.facts = media->facts;
  return shown;
}

std::optional<ShownMarks> ShowMarks(const network::Marks& marks) {
  ShownMarks shown;
  shown.edited = marks.edited;
  if (marks.deleted) shown.deleted = true;
  for (const network::Reaction& reaction : marks.reactions) {
    if (!shown.reactions) shown.reactions.emplace();
    shown.reactions->push_back(ShownReaction{ShowNumber(reaction.from), reaction.emoji});
  }
  for (const network::Vote& vote : marks.votes) {
    if (!shown.votes) shown.votes.emplace();
    shown.votes->push_back(ShownVote{ShowNumber(vote.from), vote.options});
  }
  if (!shown.edited && !shown.deleted && !shown.reactions && !shown.votes) return std::nullopt;
  return shown;
}

// The furthest that a message came, in one word.
std::string StatusOf(const network::Progress& progress) {
  if (progress.failed) return "failed";
  if (progress.played) return "played";
  if (progress.read) return "read";
  return progress.delivered ? "delivered" : "accepted";
}

}  // namespace

ShownPerson Show(const network::Person& person, const Call& call) {
  ShownPerson shown;
  shown.number = ShowNumber(person.number);
  shown.name = person.push_name;
  shown.lid = person.lid;
  shown.username = UnlessEmpty(person.username);
  if (!person.picture.empty()) shown.picture = MediaUrl(person.picture, call);
  shown.picture_hidden = person.picture_hidden;
  shown.platform = person.platform;
  shown.is_business = person.is_business;
  shown.business_hidden = person.business_hidden;
  shown.verified_name = UnlessEmpty(person.verified_name);
  shown.verified_level = person.verified_level;
  shown.description = UnlessEmpty(person.description);
  shown.about = UnlessEmpty(person.about);
  shown.about_hidden = person.about_hidden;
  shown.address = UnlessEmpty(person.address);
  shown.email = UnlessEmpty(person.email);
  if (!person.websites.empty()) shown.websites = person.websites;
  shown.vertical = UnlessEmpty(person.vertical);
  shown.group_add = person.group_add;
  shown.online = person.online;
  return shown;
}

ShownFacts Show(const network::NumberFacts& facts, const Call& call) {
  ShownFacts shown;
  shown.number = ShowNumber(facts.number);
  shown.exists = facts.exists;
  if (!facts.exists) return shown;
  shown.lid = facts.lid;
  shown.name = facts.push_name;
  shown.username = UnlessEmpty(facts.username);
  shown.is_business = facts.is_business;
  shown.is_enterprise = facts.is_enterprise;
  shown.verified_name = UnlessEmpty(facts.verified_name);
  shown.verified_level = facts.verified_level;
  if (!facts.picture.empty()) shown.picture = MediaUrl(facts.picture, call);
  shown.about = UnlessEmpty(facts.about);
  shown.description = UnlessEmpty(facts.description);
  shown.address = UnlessEmpty(facts.address);
  shown.email = UnlessEmpty(facts.email);
  if (!facts.websites.empty()) shown.websites = facts.websites;
  shown.vertical = UnlessEmpty(facts.vertical);
  return shown;
}

ShownCall Show(const network::Call& call) {
  ShownCall shown;
  shown.id = call.id;
  shown.from = ShowNumber(call.from);
  shown.to = ShowNumber(call.to);
  shown.group = UnlessEmpty(call.group);
  shown.video = call.video;
  shown.status = call.status;
  shown.timestamp = base::ToUnixSeconds(call.at);
  shown.changed = base::ToUnixSeconds(call.changed_at);
  return shown;
}

ShownDevice Show(const network::DeviceInfo& device) {
  ShownDevice shown;
  shown.id = device.id;
  shown.number = ShowNumber(device.number);
  shown.profile = device.profile;
  shown.linked_at = base::ToUnixSeconds(device.linked_at);
  shown.connected = device.connected;
  shown.queued = device.queued;
  return shown;
}

SentBody Show(const network::Typed& typed) {
  SentBody sent;
  sent.id = typed.id;
  sent.seq = static_cast<std::int64_t>(typed.seq);
  sent.timestamp = base::ToUnixSeconds(typed.at);
  return sent;
}

ShownFault Show(const network::Fault& fault) {
  ShownFault shown;
  shown.id = fault.id;
  shown.rule = network::ToForm(fault.rule);
  for (std::optional<std::string>* number : {&shown.rule.match.from, &shown.rule.match.to})
    if (*number) *number = ShowChat(**number);
  return shown;
}

InboxMessage Show(const network::InboxRow& row, const Call& call) {
  InboxMessage shown;
  shown.seq = static_cast<std::int64_t>(row.seq);
  shown.id = row.message.id;
  shown.from = ShowChat(row.message.from);
  if (network::ChatOf(row.message.to).kind == network::ChatKind::kGroup)
    shown.group = row.message.to;
  shown.broadcast = UnlessEmpty(row.message.broadcast);
  if (network::ChatOf(row.message.to).kind == network::ChatKind::kStatus)
    shown.broadcast = row.message.to;
  shown.kind = network::KindOf(row.message.content);
  shown.text = network::TextOf(row.message.content);
  shown.timestamp = base::ToUnixSeconds(row.message.at);
  shown.media = ShowMedia(row.message.content, call);
  shown.quoted = UnlessEmpty(row.message.quoted);
  shown.content = row.message.content;
  shown.marks = ShowMarks(row.marks);
  return shown;
}

OutboxMessage Show(const network::OutboxRow& row, const Call& call) {
  OutboxMessage shown;
  shown.seq = static_cast<std::int64_t>(row.seq);
  shown.id = row.message.id;
  shown.to = ShowChat(row.message.to);
  shown.kind = network::KindOf(row.message.content);
  shown.text = network::TextOf(row.message.content);
  shown.timestamp = base::ToUnixSeconds(row.message.at);
  shown.media = ShowMedia(row.message.content, call);
  shown.quoted = UnlessEmpty(row.message.quoted);
  shown.content = row.message.content;
  shown.marks = ShowMarks(row.marks);
  shown.status = StatusOf(row.progress);
  return shown;
}

ShownMessage Show(const network::SentMessage& message, const Call& call) {
  ShownMessage shown;
  shown.id = message.message.id;
  shown.from = ShowNumber(message.message.from);
  shown.to = ShowChat(message.message.to);
  shown.kind = network::KindOf(message.message.content);
  shown.text = network::TextOf(message.message.content);
  shown.timestamp = base::ToUnixSeconds(message.message.at);
  shown.media = ShowMedia(message.message.content, call);
  shown.quoted = UnlessEmpty(message.message.quoted);
  shown.content = message.message.content;
  shown.marks = ShowMarks(message.marks);
  if (message.recipient) shown.recipient = ShowNumber(*message.recipient);
  shown.device = message.device;
  shown.status = StatusOf(message.progress);
  shown.copies = static_cast<std::int64_t>(message.copies);
  shown.copies_under_way = static_cast<std::int64_t>(message.copies_under_way);
  return shown;
}

ShownGroup Show(const network::Group& group, const Call& call) {
  ShownGroup shown;
  shown.id = group.id;
  shown.address = network::GroupAddress(group.id);
  shown.subject = group.subject;
  shown.description = UnlessEmpty(group.description);
  if (!group.picture.empty()) shown.picture = MediaUrl(group.picture, call);
  shown.owner = ShowNumber(group.owner);
  shown.created_at = base::ToUnixSeconds(group.created_at);
  shown.announce = group.announce;
  shown.restricted = group.restricted;
  shown.join_approval = group.join_approval;
  shown.member_add_mode = group.member_add_mode;
  shown.invite_code = UnlessEmpty(group.invite_code);
  shown.size = static_cast<std::int64_t>(group.participants.size());
  for (const network::GroupParticipant& participant : group.participants)
    shown.participants.push_back(ShownParticipant{ShowNumber(participant.number), participant.role,
                                                  base::ToUnixSeconds(participant.joined_at)});
  return shown;
}

ShownNewsletter Show(const network::NewsletterState& state, const Call& call) {
  const network::Newsletter& newsletter = state.newsletter;
  ShownNewsletter shown;
  shown.id = newsletter.id;
  shown.address = network::NewsletterAddress(newsletter.id);
  shown.name = newsletter.name;
  shown.description = UnlessEmpty(newsletter.description);
  if (!newsletter.picture.empty()) shown.picture = MediaUrl(newsletter.picture, call);
  shown.owner = ShowNumber(newsletter.owner);
  shown.created_at = base::ToUnixSeconds(newsletter.created_at);
  shown.invite_code = newsletter.invite_code;
  for (const std::string& follower : state.followers)
    shown.followers.push_back(ShowNumber(follower));
  return shown;
}

}  // namespace parley::sim::control
