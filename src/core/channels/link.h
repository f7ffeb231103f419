// Link: how a channel reaches WhatsApp. Implemented by link/*; declared here because the core is
// who calls it.
//
// A link hands messages to the network, and reports what comes back through LinkEvents. It keeps
// its own state in link-state records that are written in the same transaction as what it reports.
// Thread: a link, its channel and its LinkEvents live on one scheduler's thread.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/scheduler.h"
#include "core/addresses.h"
#include "core/calls/call.h"
#include "core/channels/channel.h"
#include "core/channels/requests.h"
#include "core/contacts/change.h"
#include "core/groups/group.h"
#include "core/link_state.h"
#include "core/media/media.h"
#include "core/messages/message.h"
#include "core/templates/template.h"

namespace parley::core {

// Whose message id the network uses. Ours: chosen at accept and repeated in every attempt, so a
// repeat after a crash is the same message to the recipient. Theirs: given in the answer; an
// attempt without an answer is never repeated by itself.
enum class MessageIdOwner { kOurs, kTheirs };

// What a link can do; declared, not discovered by failure.
struct Capabilities {
  MessageIdOwner message_id = MessageIdOwner::kOurs;
  bool pairing_qr = false;
  bool pairing_code = false;
  // Free-form messages only within 24 hours of the other side's last message.
  bool customer_window = false;
  bool groups = false;
  bool newsletters = false;
  base::Duration edit_window = std::chrono::minutes(15);  // how old a message may be to be edited
  std::vector<ContentKind> kinds;                         // modifiers, too: edits, reactions, ...
  std::int64_t max_media_size = 100 << 20;
  int max_in_flight = 32;  // sends that may wait for the network at once

  bool Carries(ContentKind kind) const;
};

// A message that another one speaks of, in the network's terms.
struct MessageReference {
  std::string link_id;
  bool from_me = false;  // written by the channel
  Peer sender;           // who wrote it, when it was somebody else
};

// A message on its way out.
struct OutgoingMessage {
  MessageId id;
  std::string link_id;  // for kOurs: what the network must call it
  Address to;
  Content content;
  std::optional<MessageReference> quoted;
  std::optional<MessageReference> target;  // of a modifier
};

struct SendAccepted {
  std::string link_id;  // for kTheirs
  base::Time at;        // the network's time
  int recipients = 0;   // of a message to a group: how many people get it; 0: nobody knows
  std::optional<Conversation> conversation;
  LinkWrites state = {};  // written in the transaction that holds the outcome
};
struct SendRefused {
  enum class Kind {
    kRetryable,  // not taken; the same message may be tried again
    kPermanent,  // will never be taken
    kAmbiguous,  // no answer: it may or may not have been taken
  };
  Kind kind = Kind::kRetryable;
  Failure failure;
  std::optional<base::Duration> retry_after;
  LinkWrites state = {};  // as SendAccepted::state
};
using SendOutcome = std::variant<SendAccepted, SendRefused>;

// ------------------------------------------------------------------------ what a link reports

// The connection's state as the link sees it: kPairing, kConnecting, kConnected or kDisconnected,
// with a snake_case reason. The other two are its last report: kPending when an offer of pairing
// ended with none (a channel that was connected before stands at kLoggedOut then), kLoggedOut when
// the pairing ended. With kLoggedOut it writes away its link state, so that the link that is made
// for the next pairing begins anew.
struct StateReport {
  ChannelState state = ChannelState::kConnecting;
  std::string reason;
};
// A code to show; replaces the one before. Exactly one of the two is set.
struct PairingReport {
  std::string qr, code;
  std::optional<base::Time> expires_at =
      {};  // when the network takes it no longer, if that is known
};
// The phone agreed: who it is; and again when it says something else of itself. Refused with
// kInvalidState when the channel belongs to another number (core/channels/channel.h): the link ends
// that pairing and reports kPending, "other_number".
struct PairedReport {
  std::string phone;
  ChannelProfile profile;
};
// The chat of a message when it is not with a person.
struct IncomingGroup {
  Address address;      // a group's or newsletter's
  std::string subject;  // or name; empty: unknown
};
struct IncomingMessage {
  std::string link_id;  // unique within the chat and direction
  Peer from;            // the other side of the chat; in a group who wrote it, unless from_me
  std::optional<IncomingGroup> group;
  bool from_me = false;  // written on the channel's own phone
  base::Time at;
  Content content;
  std::optional<Media> media;  // row for the content's media, whose bytes are stored already
  std::string quoted_link_id;
  std::string target_link_id;  // of a modifier, whose content has no target yet
  bool history = false;        // from before the channel was paired: stored, and no news
  bool broadcast = false;      // to a person: it went to many at once, by a list
  // The person wrote or did it, so that they can be answered freely for a day; false for what the
  // network says about them.
  bool opens_window = true;
};
// Somebody shows something to the people they know, for a day: it is in no chat and is not stored.
// The link does not report the same one twice.
struct StatusPost {
  std::string link_id;
  Peer from;
  base::Time at;
  Content content;
  std::optional<Media> media;  // as IncomingMessage::media
};
// News of a message that this channel sent.
struct ReceiptReport {
  std::string link_id;
  std::optional<MessageId> message;  // ours, where the network repeats it; found by `link_id` else
  Peer chat;                         // the other side; needed for kTheirs only
  std::optional<Peer> participant;   // in a group: whose receipt it is; absent: it is of all
  MessageStatus status = MessageStatus::kDelivered;
  base::Time at;
  std::optional<Failure> failure;
  std::optional<Conversation> conversation;  // for a network that says it here, too
};
// A group was created, or is from now on like this.
struct GroupReport {
  GroupInfo info;
  std::vector<std::string> changed;  // members of GroupInfo::Fields; ["created"] stands alone
  Peer by;
  base::Time at;
};
struct ParticipantsReport {
  Address group;
  std::string subject;
  ParticipantAction action = ParticipantAction::kAdd;
  std::vector<Peer> participants;
  Peer by;
  std::optional<GroupInfo> info;  // when the channel is (still) in it
  base::Time at;
};
// A call to or from the channel's number was made, or has another status now.
struct CallReport {
  Peer with;  // the other side
  Call call;
};
// News of somebody: on the phone they got another name or were blocked, or they changed how they
// look to others.
struct ContactReport {
  ContactNews news;
};
// Something was done to a chat on the phone.
struct ChatReport {
  Peer with;                           // of a chat with a person
  std::optional<IncomingGroup> group;  // of any other
  ChatAction action = ChatAction::kRead;
  std::optional<base::Time> muted_until;  // for kMute; absent: until it is taken back
};
// A template of the channel's number was handed in elsewhere, reviewed, paused or removed.
struct TemplateReport {
  Template subject;
  base::Time at;
};
// What the network's own interface told, as it told it, for owners who want to hear that (events.h,
// ProviderHook). Nothing is done with it; what it means is reported beside it.
struct HookReport {
  base::json::value body;
};
using LinkReportVariant =
    std::variant<StateReport, PairingReport, PairedReport, IncomingMessage, StatusPost,
                 ReceiptReport, GroupReport, ParticipantsReport, CallReport, ContactReport,
                 ChatReport, TemplateReport, HookReport>;
// A type of its own so that its special members are compiled once.
struct LinkReport : LinkReportVariant {
  using LinkReportVariant::variant;
  using LinkReportVariant::operator=;
  LinkReport() noexcept;
  LinkReport(const LinkReport&);
  LinkReport(LinkReport&&) noexcept;
  LinkReport& operator=(const LinkReport&);
  LinkReport& operator=(LinkReport&&) noexcept;
  ~LinkReport();
};

class LinkEvents {
 public:
  virtual ~LinkEvents() = default;
  // Returns after the commit that holds the messages, events and link state of all reports; only
  // then may the link acknowledge them to the network. One call at a time. kOverloaded or
  // kUnavailable: nothing was stored; report the same again later.
  virtual base::Task<base::Result<void>> Report(std::vector<LinkReport> reports,
                                                LinkWrites state) = 0;
};

class Link {
 public:
  virtual ~Link() = default;

  virtual Capabilities capabilities() const = 0;

  // Brings the connection up and keeps it up until Stop; reports states on the way. For a channel
  // that is not paired it offers pairing.
  virtual void Start() = 0;
  // Ends the connection. After the task returns the link reports nothing more and answers no send.
  virtual base::Task<> Stop() = 0;
  // Ends the pairing on the network's side as far as that is possible.
  virtual base::Task<> LogOut() = 0;

  // Asks for pairing by code for this number instead of by QR; the code comes as a PairingReport.
  virtual base::Task<base::Result<void>> RequestPairingCode(std::string phone) = 0;

  virtual base::Task<SendOutcome> Send(OutgoingMessage message) = 0;

  // Answers within `limit`, with kTimeout if need be. Only called while connected.
  virtual base::Task<base::Result<LinkAnswer>> Request(LinkRequest request,
                                                       base::Duration limit) = 0;
};

// Makes links of one kind. Constant after construction.
class LinkFactory {
 public:
  virtual ~LinkFactory() = default;
  // Of a channel that may not be connected yet: `profile` is Channel::link_profile.
  virtual Capabilities CapabilitiesOf(std::string_view profile) const = 0;
  // `events` outlives the link.
  virtual std::unique_ptr<Link> Make(const Channel& channel, LinkEvents& events) = 0;
};

// The factories by kind; null where this build or configuration has none.
class LinkFactories {
 public:
  void Set(LinkKind kind, LinkFactory* factory);
  LinkFactory* Get(LinkKind kind) const;

 private:
  std::array<LinkFactory*, 4> factories_{};
};

}  // namespace parley::core
