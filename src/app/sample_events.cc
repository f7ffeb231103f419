#include "app/sample_events.h"

namespace parley::app {
namespace {

constexpr base::Time kNow = base::FromUnixMs(1'800'000'000'000);

// Different for each number, the same in every run.
base::Uuid NumberedUuid(int number) {
  base::Uuid id = *base::Uuid::Parse("01a3185c-5000-7000-8000-000000000000");
  id.bytes[15] = static_cast<std::uint8_t>(number);
  return id;
}

core::ChannelSnapshot OurChannel() {
  core::ChannelSnapshot channel;
  channel.id = core::ChannelId(NumberedUuid(1));
  channel.phone = "15550201";
  channel.label = "Support";
  channel.code = "PLY359900123";
  channel.state = core::ChannelState::kConnected;
  channel.created_at = channel.updated_at = kNow - std::chrono::hours(24);
  return channel;
}

core::Peer Bob() {
  core::Peer bob;
  bob.phone = "15550100";
  bob.lid = "571534594292250";
  bob.name = "Bob Builder";
  bob.push_name = "bob";
  return bob;
}

core::Peer Eve() {
  core::Peer eve;
  eve.phone = "447700176576";
  eve.push_name = "Eve";
  return eve;
}

core::ChatSnapshot WithBob() {
  core::ChatSnapshot chat;
  chat.peer = Bob();
  return chat;
}

core::ChatSnapshot InGroup() {
  core::ChatSnapshot chat;
  chat.kind = core::ChatKind::kGroup;
  chat.group = core::GroupName{core::GroupId(NumberedUuid(2)), "120363041234567890", "Friends"};
  return chat;
}

core::ChatSnapshot InNewsletter() {
  core::ChatSnapshot chat;
  chat.kind = core::ChatKind::kNewsletter;
  chat.group = core::GroupName{core::GroupId(NumberedUuid(3)), "120363098765432101", "Shoes"};
  return chat;
}

core::MessageSnapshot Written(int number, core::Direction direction, core::Content content) {
  const bool is_ours = direction == core::Direction::kOut;
  core::MessageSnapshot message;
  message.id = core::MessageId(NumberedUuid(number));
  message.number = number;
  message.direction = direction;
  message.origin = is_ours ? core::Origin::kApi : core::Origin::kPerson;
  message.content = std::move(content);
  message.status = is_ours ? core::MessageStatus::kSent : core::MessageStatus::kReceived;
  message.at = message.accepted_at = kNow;
  return message;
}

core::Content Picture() {
  core::ImageContent image;
  image.media.id = core::MediaId(NumberedUuid(4));
  image.media.mime_type = "image/png";
  image.media.size = 68;
  image.media.sha256 = std::string(64, 'a');
  image.media.file_name = "cat.png";
  image.caption = "Look";
  return image;
}

core::MessageReceived Received(core::ChatSnapshot chat, core::MessageSnapshot message) {
  core::MessageReceived received;
  received.channel = OurChannel();
  received.chat = std::move(chat);
  received.message = std::move(message);
  return received;
}

// From the catalog of a number on the Cloud API.
core::MessageReceived Ordered() {
  core::OrderContent order;
  order.catalog = "194836987003835";
  order.items.push_back({"shoe-42", 1, 59.9, "EUR"});
  order.note = "In blue";
  order.body = "In blue: 1 x shoe-42";
  return Received(WithBob(), Written(18, core::Direction::kIn, std::move(order)));
}

core::MessageReceived ReceivedInGroup() {
  auto message = Written(12, core::Direction::kIn, core::TextContent{"Hello everybody"});
  message.sender = Eve();
  return Received(InGroup(), std::move(message));
}

core::MessageStatusChanged Became(core::MessageStatus status, core::MessageStatus before) {
  core::MessageStatusChanged changed;
  changed.channel = OurChannel();
  changed.chat = WithBob();
  changed.message = Written(14, core::Direction::kOut, core::TextContent{"We are open until six"});
  changed.message.status = status;
  changed.previous = before;
  changed.changed_at = kNow;
  if (status == core::MessageStatus::kFailed)
    changed.message.failure = core::Failure{"470", "The number is not on WhatsApp"};
  return changed;
}

// What somebody did to a message: reaction, edit, deletion or vote.
template <class Change>
Change Changed(core::ChatSnapshot chat, core::Content modifier, core::MessageSnapshot message) {
  Change change;
  change.channel = OurChannel();
  change.modifier = Written(20, core::Direction::kIn, std::move(modifier));
  if (chat.kind == core::ChatKind::kGroup) change.modifier.sender = Eve();
  change.chat = std::move(chat);
  change.message = std::move(message);
  return change;
}

core::MessageReacted Reacted(core::ChatSnapshot chat) {
  auto message = Written(14, core::Direction::kOut, core::TextContent{"We are open until six"});
  core::ReactionContent reaction;
  reaction.target = message.id;
  reaction.emoji = "👍";
  return Changed<core::MessageReacted>(std::move(chat), std::move(reaction), std::move(message));
}

core::MessageEdited Edited() {
  auto message = Written(16, core::Direction::kIn, core::TextContent{"hello"});
  core::EditContent edit;
  edit.target = message.id;
  edit.body = "hello";
  auto edited = Changed<core::MessageEdited>(WithBob(), std::move(edit), std::move(message));
  edited.old_text = "helo";
  return edited;
}

core::MessageDeleted Deleted() {
  auto message = Written(16, core::Direction::kIn, core::TextContent{"hello"});
  core::DeleteContent deletion;
  deletion.target = message.id;
  return Changed<core::MessageDeleted>(WithBob(), std::move(deletion), std::move(message));
}

core::PollVoted Voted() {
  core::PollContent poll;
  poll.question = "Which time works best?";
  poll.options = {"Morning", "Afternoon"};
  auto message = Written(17, core::Direction::kOut, std::move(poll));
  core::VoteContent vote;
  vote.target = message.id;
  vote.options = {"Morning"};
  auto voted = Changed<core::PollVoted>(WithBob(), std::move(vote), std::move(message));
  core::PollVoted::Result morning, afternoon;
  morning.option = "Morning";
  morning.voters = {Bob()};
  afternoon.option = "Afternoon";
  voted.results = {std::move(morning), std::move(afternoon)};
  return voted;
}

core::MessageTranscribed Transcribed() {
  core::AudioContent audio;
  audio.media.id = core::MediaId(NumberedUuid(5));
  audio.media.mime_type = "audio/ogg; codecs=opus";
  audio.media.size = 4096;
  audio.media.sha256 = std::string(64, 'b');
  audio.media.file_name = "voice.ogg";
  audio.voice = true;
  core::MessageTranscribed transcribed;
  transcribed.channel = OurChannel();
  transcribed.chat = WithBob();
  transcribed.message = Written(11, core::Direction::kIn, std::move(audio));
  transcribed.transcription.status = core::TranscriptionStatus::kDone;
  transcribed.transcription.text = "please call me back tomorrow";
  transcribed.transcription.language = "en";
  return transcribed;
}

core::GroupInfo Friends() {
  core::GroupInfo group;
  group.address = InGroup().group->address;
  group.subject = InGroup().group->subject;
  group.description = "All of us";
  group.owner = Eve();
  group.created_at = kNow - std::chrono::hours(1);
  for (const core::Peer& peer : {Eve(), Bob()}) {
    core::GroupParticipant participant;
    participant.peer = peer;
    participant.role = peer == Eve() ? core::GroupRole::kSuperadmin : core::GroupRole::kMember;
    participant.joined_at = group.created_at;
    group.participants.push_back(std::move(participant));
  }
  return group;
}

core::GroupChanged GroupBecame(std::string changed_member) {
  core::GroupChanged changed;
  changed.channel = OurChannel();
  changed.chat = InGroup();
  changed.group = Friends();
  changed.changed = {std::move(changed_member)};
  changed.by = Eve();
  changed.changed_at = kNow;
  return changed;
}

core::GroupParticipantsChanged Moved(core::ParticipantAction action) {
  core::GroupParticipantsChanged changed;
  changed.channel = OurChannel();
  changed.chat = InGroup();
  changed.action = action;
  changed.participants = {Bob()};
  if (action != core::ParticipantAction::kLeave) changed.by = Eve();
  changed.group = Friends();
  changed.changed_at = kNow;
  return changed;
}

core::CallHappened Missed() {
  core::CallHappened happened;
  happened.channel = OurChannel();
  happened.with = Bob();
  happened.call.id = "5A1F0C7E2B8D4936";
  happened.call.video = true;
  happened.call.status = core::CallStatus::kMissed;
  happened.call.at = happened.call.changed_at = kNow;
  return happened;
}

core::ContactChanged Named(bool is_new) {
  core::ContactChanged changed;
  changed.channel = OurChannel();
  changed.peer = Bob();
  changed.is_new = is_new;
  return changed;
}

core::ChatChanged OnThePhone(core::ChatAction action) {
  core::ChatChanged changed;
  changed.channel = OurChannel();
  changed.chat = WithBob();
  changed.action = action;
  return changed;
}

core::ChannelStateChanged LoggedOut() {
  core::ChannelStateChanged changed;
  changed.channel = OurChannel();
  changed.channel.state = core::ChannelState::kLoggedOut;
  changed.channel.state_reason = "logged_out";
  changed.previous = core::ChannelState::kConnected;
  return changed;
}

core::PairingOffered Offered() {
  core::PairingOffered offered;
  offered.channel = OurChannel();
  offered.channel.state = core::ChannelState::kPairing;
  offered.qr = "2@p4q8Zk,1nD0Yx,c2VjcmV0";
  return offered;
}

}  // namespace

std::vector<core::Event> SampleEvents() {
  using core::MessageStatus;
  using core::ParticipantAction;
  core::MessageReceived first = Received(WithBob(), Written(10, core::Direction::kIn, Picture()));
  first.is_first = true;
  std::vector<core::EventBody> bodies;
  bodies.emplace_back(std::move(first));
  bodies.emplace_back(ReceivedInGroup());
  bodies.emplace_back(Received(
      InNewsletter(), Written(13, core::Direction::kIn, core::TextContent{"Sale until Sunday"})));
  bodies.emplace_back(Became(MessageStatus::kSent, MessageStatus::kQueued));
  bodies.emplace_back(Became(MessageStatus::kDelivered, MessageStatus::kSent));
  bodies.emplace_back(Became(MessageStatus::kRead, MessageStatus::kDelivered));
  bodies.emplace_back(Became(MessageStatus::kFailed, MessageStatus::kQueued));
  bodies.emplace_back(Reacted(WithBob()));
  bodies.emplace_back(Reacted(InGroup()));
  bodies.emplace_back(Edited());
  bodies.emplace_back(Deleted());
  bodies.emplace_back(Voted());
  bodies.emplace_back(Transcribed());
  bodies.emplace_back(GroupBecame("created"));
  bodies.emplace_back(GroupBecame("subject"));
  bodies.emplace_back(Moved(ParticipantAction::kAdd));
  bodies.emplace_back(Moved(ParticipantAction::kLeave));
  bodies.emplace_back(Moved(ParticipantAction::kRemove));
  bodies.emplace_back(Missed());
  bodies.emplace_back(Named(true));
  bodies.emplace_back(Named(false));
  bodies.emplace_back(OnThePhone(core::ChatAction::kMute));
  bodies.emplace_back(OnThePhone(core::ChatAction::kDelete));
  bodies.emplace_back(LoggedOut());
  bodies.emplace_back(Offered());
  bodies.emplace_back(Ordered());

  std::vector<core::Event> events;
  for (core::EventBody& body : bodies) {
    core::Event event;
    event.id = core::EventId(NumberedUuid(100 + static_cast<int>(events.size())));
    event.at = kNow;
    event.body = std::move(body);
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace parley::app
