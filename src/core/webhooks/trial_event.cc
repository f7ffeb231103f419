#include "core/webhooks/trial_event.h"

#include "core/stamp.h"

namespace parley::core {

Event TrialEvent(const Channel& channel, base::Time now, base::Random& random) {
  Stamp stamp(now, random);
  MessageReceived received;
  received.channel = SnapshotOf(channel);
  received.chat.peer.phone = kTrialNumber;
  received.chat.peer.push_name = "Parley";
  MessageSnapshot& message = received.message;
  message.id = stamp.Next<MessageId>();
  message.direction = Direction::kIn;
  message.origin = Origin::kPerson;
  message.status = MessageStatus::kReceived;
  TextContent text;
  text.body = kTrialText;
  message.content = std::move(text);
  message.at = message.accepted_at = now;
  Event event;
  event.id = stamp.Next<EventId>();
  event.account = channel.account;
  event.channel = channel.row;
  event.at = now;
  event.body = std::move(received);
  return event;
}

}  // namespace parley::core
