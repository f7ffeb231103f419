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

net::MessageKind KindOf(core::ContentKind kind) {
  net::MessageKind out = net::MessageKind::kDocument;
  ParseName(NameOf(kind), out);  // the kinds of both sides have the same names
  return out;
}

}  // namespace

net::Profile ProfileOf(std::string_view link_profile) {
  return link_profile == "business" ? net::Profile::kBusiness : net::Profile::kPhone;
}

core::Capabilities CapabilitiesOf(net::Profile profile) {
  core::Capabilities capabilities;
  capabilities.message_id = core::MessageIdOwner::kOurs;
  capabilities.pairing_qr = capabilities.pairing_code = true;
  capabilities.customer_window = profile == net::Profile::kBusiness;
  for (const auto& [kind, name] : net::kMessageKindNames.rows) {
    core::ContentKind ours;
    if (ParseName(name, ours)) capabilities.kinds.push_back(ours);
  }
  capabilities.max_media_size = net::kMaxMedia;
  capabilities.max_in_flight = kMaxInFlight;
  return capabilities;
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

core::PairedReport PairedOf(const net::Network& network, const net::DeviceInfo& device) {
  core::PairedReport report;
  report.phone = device.number;
  if (const auto person = network.FindPerson(device.number)) {
    report.profile.push_name = person->push_name;
    report.profile.platform = NameOf(person->platform);
    report.profile.lid = person->lid;
    report.profile.is_business = person->is_business;
  }
  return report;
}

net::Content ContentOf(const core::Content& content) {
  const core::MediaRef* media = core::MediaOf(content);
  if (media == nullptr) return net::TextContent{core::TextOf(content)};
  net::MediaContent out;
  out.kind = KindOf(core::KindOf(content));
  out.media.sha256 = media->sha256;
  out.media.mime_type = media->mime_type;
  out.media.size = media->size;
  out.media.file_name = media->file_name;
  if (const auto* audio = std::get_if<core::AudioContent>(&content)) out.media.voice = audio->voice;
  out.caption = core::TextOf(content);
  return out;
}

core::Content ContentOf(const net::Content& content, const core::MediaRef* media) {
  if (media == nullptr) return core::TextContent{net::TextOf(content)};
  const std::string& caption = net::TextOf(content);
  switch (net::KindOf(content)) {
    case net::MessageKind::kImage:
      return core::ImageContent{*media, caption};
    case net::MessageKind::kVideo:
      return core::VideoContent{*media, caption};
    case net::MessageKind::kAudio:
      return core::AudioContent{*media, net::IsVoice(content)};
    case net::MessageKind::kDocument:
      return core::DocumentContent{*media, media->file_name, caption};
    case net::MessageKind::kSticker:
      return core::StickerContent{*media};
    default:  // a text, and what the link does not report
      break;
  }
  return core::TextContent{caption};
}

core::ReceiptReport ReceiptOf(const net::Receipt& receipt) {
  core::ReceiptReport report;
  report.link_id = receipt.message_id;
  report.at = receipt.at;
  for (const StatusPair& pair : kStatuses)
    if (pair.receipt == receipt.status) report.status = pair.status;
  if (receipt.status == net::ReceiptStatus::kFailed)
    report.failure = core::Failure{receipt.code, receipt.text};
  return report;
}

core::SendOutcome OutcomeOf(const net::SendResult& result) {
  if (const auto* accepted = std::get_if<net::Accepted>(&result)) {
    core::SendAccepted out;
    out.at = accepted->at;
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
