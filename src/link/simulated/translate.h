// Between the network's vocabulary and the core's.
#pragma once

#include "core/channels/link.h"
#include "sim/network/network.h"

namespace parley::link::simulated {

namespace net = sim::network;

net::Profile ProfileOf(std::string_view link_profile);
core::Capabilities CapabilitiesOf(net::Profile profile);

// What the network tells about a number; the bare number when it knows nobody.
core::Peer PeerOf(const net::Network& network, const std::string& number);
core::PairedReport PairedOf(const net::Network& network, const net::DeviceInfo& device);

// The MIME type of a picture that begins with these bytes; WhatsApp's own pictures are JPEG, and
// what is none of the others is taken for one.
inline constexpr std::size_t kPictureHead = 12;
std::string PictureTypeOf(std::string_view head);

// Contents go over as JSON: both sides use the same names on purpose, and each reads by its own
// rules. nullopt for what the other side does not take.
//
// `target` is what the network calls the message that a modifier means.
std::optional<net::Content> ContentOf(const core::Content& content, const std::string& target);
// `media` is the row that the core is to store for the message's media, if it has some. The target
// of a modifier is left out: the core finds it by IncomingMessage::target_link_id.
std::optional<core::Content> ContentOf(const net::Content& content, const core::MediaRef* media);

// The group as the channel's number sees it.
core::GroupInfo InfoOf(net::Network& network, const net::Group& group, std::string_view number);

core::Template TemplateOf(const net::Template& subject, std::string_view number);

// The group or newsletter with that address of a chat; none when it is a person's.
std::optional<core::IncomingGroup> GroupAt(net::Network& network, std::string_view address);

// A notice of the network, told to the device; none when the core is not told.
std::optional<core::LinkReport> NoticeOf(net::Network& network, const net::Notice& notice,
                                         const net::DeviceInfo& device);

// The phone's address book and whom it blocks, as it is when the channel is paired.
std::vector<core::LinkReport> ContactsOf(const net::Network& network, const std::string& number);

core::ReceiptReport ReceiptOf(const net::Network& network, const net::Receipt& receipt);
core::SendOutcome OutcomeOf(const net::SendResult& result);

}  // namespace parley::link::simulated
