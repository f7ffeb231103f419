// Quotes: what an answer shows of the message that it answers. Pure. docs/protocol/messages.md,
// "Quotes".
#pragma once

#include <cstddef>

#include "core/messages/content.h"
#include "proto/message.pb.h"

namespace parley::link::multidevice {

// Bytes of a quoted text, and options of a quoted poll.
inline constexpr std::size_t kMaxQuotedText = 4096;
inline constexpr int kMaxQuotedOptions = 12;

// A message of the content's kind with what people see of it: text, caption, file name, place,
// question; no media, which whoever looks has already. What has no form of its own is its text.
proto::Message QuoteOf(const core::Content& content);

}  // namespace parley::link::multidevice
