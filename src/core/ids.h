// The identifiers of everything Parley keeps.
//
// A `...Row` is the integer row number inside one store: small, fast, never shown. A `...Id` is the
// UUID that the outside sees, spelled by each dialect its own way. An EventPosition is the row
// number of an event; positions grow and become visible in increasing order.
#pragma once

#include <cstdint>

#include "base/strong.h"
#include "base/uuid.h"

namespace parley::core {

template <class Tag>
using Row = base::Strong<Tag, std::int64_t>;
template <class Tag>
using Id = base::Strong<Tag, base::Uuid>;

struct AccountTag;
struct CredentialTag;
struct ChannelTag;
struct PersonTag;
struct ChatTag;
struct GroupTag;
struct MessageTag;
struct MediaTag;
struct EventTag;
struct SubscriptionTag;
struct OperationTag;
struct DeliveryTag;

using AccountRow = Row<AccountTag>;
using CredentialRow = Row<CredentialTag>;
using ChannelRow = Row<ChannelTag>;
using PersonRow = Row<PersonTag>;
using ChatRow = Row<ChatTag>;
using GroupRow = Row<GroupTag>;
using MessageRow = Row<MessageTag>;
using SubscriptionRow = Row<SubscriptionTag>;
using EventPosition = Row<EventTag>;

using AccountId = Id<AccountTag>;
using ChannelId = Id<ChannelTag>;
using PersonId = Id<PersonTag>;
using MessageId = Id<MessageTag>;
using GroupId = Id<GroupTag>;
using MediaId = Id<MediaTag>;
using EventId = Id<EventTag>;
using SubscriptionId = Id<SubscriptionTag>;
using OperationId = Id<OperationTag>;
using DeliveryId = Id<DeliveryTag>;

}  // namespace parley::core
