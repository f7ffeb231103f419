// The kinds of message, by name. What each holds: core/messages/content.h.
#pragma once

#include <cstdint>

#include "base/names.h"

namespace parley::core {

enum class ContentKind : std::uint8_t {  // stored; never renumber
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
  kReaction = 17,  // this and the next three are modifiers: core/messages/modifiers.h
  kEdit = 18,
  kDelete = 19,
  kVote = 20,
  kOrder = 21,  // no modifiers any more
  kFlowReply = 22,
  kOther = 23,
  kCtaUrl = 24,
  kFlow = 25,
};
inline constexpr base::EnumNames<ContentKind, 25> kContentKindNames({
    {ContentKind::kText, "text"},
    {ContentKind::kImage, "image"},
    {ContentKind::kVideo, "video"},
    {ContentKind::kAudio, "audio"},
    {ContentKind::kDocument, "document"},
    {ContentKind::kSticker, "sticker"},
    {ContentKind::kLocation, "location"},
    {ContentKind::kContacts, "contacts"},
    {ContentKind::kPoll, "poll"},
    {ContentKind::kList, "list"},
    {ContentKind::kButtons, "buttons"},
    {ContentKind::kLocationRequest, "location_request"},
    {ContentKind::kTemplate, "template"},
    {ContentKind::kProduct, "product"},
    {ContentKind::kListReply, "list_reply"},
    {ContentKind::kButtonReply, "button_reply"},
    {ContentKind::kReaction, "reaction"},
    {ContentKind::kEdit, "edit"},
    {ContentKind::kDelete, "delete"},
    {ContentKind::kVote, "vote"},
    {ContentKind::kOrder, "order"},
    {ContentKind::kFlowReply, "flow_reply"},
    {ContentKind::kOther, "other"},
    {ContentKind::kCtaUrl, "cta_url"},
    {ContentKind::kFlow, "flow"},
});
PARLEY_ENUM_NAMES(ContentKind, kContentKindNames)

// A modifier changes another message instead of standing in the chat itself.
constexpr bool IsModifier(ContentKind kind) {
  return kind >= ContentKind::kReaction && kind <= ContentKind::kVote;
}

}  // namespace parley::core
