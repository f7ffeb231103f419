// The kinds of what can be sent, and how long each part may be.
//
// Limits are from the Cloud API's reference (developers.facebook.com/docs/whatsapp/cloud-api,
// "Interactive messages", "Contacts messages"); where WhatsApp names none, they bound what is read.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/names.h"

namespace parley::sim::network {

inline constexpr std::size_t kMaxMessageId = 200;     // bytes
inline constexpr std::size_t kMaxText = 65536;        // code points of a body or caption
inline constexpr std::size_t kMaxFileName = 255;      // code points
inline constexpr std::size_t kMaxMimeType = 100;      // bytes
inline constexpr std::int64_t kMaxMedia = 100 << 20;  // bytes, as for a document on WhatsApp's API
inline constexpr std::size_t kMaxMentions = 1024;     // as many as a group has members
inline constexpr std::size_t kMaxPollOptions = 12;
inline constexpr std::size_t kMaxPollOption = 100;   // code points
inline constexpr std::size_t kMaxRows = 10;          // of a list, in all sections
inline constexpr std::size_t kMaxProducts = 30;      // of a product list, in all sections
inline constexpr std::size_t kMaxEmoji = 16;         // code points of one emoji, joiners included
inline constexpr std::size_t kMaxUrl = 2000;         // code points, of a button
inline constexpr std::size_t kMaxFlowData = 32768;   // code points, of JSON
inline constexpr std::size_t kMaxContent = 1 << 19;  // bytes of a content's JSON

enum class MessageKind : std::uint8_t {
  kText = 1,
  kImage = 2,
  kVideo = 3,
  kAudio = 4,
  kDocument = 5,
  kSticker = 6,
  kLocation = 7,
  kContacts = 8,
  kPoll = 9,
  kList = 10,
  kButtons = 11,
  kLocationRequest = 12,
  kTemplate = 13,
  kProduct = 14,
  kListReply = 15,
  kButtonReply = 16,
  kReaction = 17,
  kEdit = 18,
  kDelete = 19,
  kVote = 20,
  kCtaUrl = 21,  // no modifiers any more
  kFlow = 22,
  kFlowReply = 23,
};
inline constexpr base::EnumNames<MessageKind, 23> kMessageKindNames({
    {MessageKind::kText, "text"},
    {MessageKind::kImage, "image"},
    {MessageKind::kVideo, "video"},
    {MessageKind::kAudio, "audio"},
    {MessageKind::kDocument, "document"},
    {MessageKind::kSticker, "sticker"},
    {MessageKind::kLocation, "location"},
    {MessageKind::kContacts, "contacts"},
    {MessageKind::kPoll, "poll"},
    {MessageKind::kList, "list"},
    {MessageKind::kButtons, "buttons"},
    {MessageKind::kLocationRequest, "location_request"},
    {MessageKind::kTemplate, "template"},
    {MessageKind::kProduct, "product"},
    {MessageKind::kListReply, "list_reply"},
    {MessageKind::kButtonReply, "button_reply"},
    {MessageKind::kReaction, "reaction"},
    {MessageKind::kEdit, "edit"},
    {MessageKind::kDelete, "delete"},
    {MessageKind::kVote, "vote"},
    {MessageKind::kCtaUrl, "cta_url"},
    {MessageKind::kFlow, "flow"},
    {MessageKind::kFlowReply, "flow_reply"},
});
PARLEY_ENUM_NAMES(MessageKind, kMessageKindNames)

}  // namespace parley::sim::network
