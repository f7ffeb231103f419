// The routes of the control API: people, their phones, and what is between them.
#include "sim/control/handlers.h"
#include "sim/control/life_schema.h"
#include "sim/control/message_schema.h"
#include "sim/control/person_schema.h"
#include "sim/control/phone_schema.h"
#include "sim/control/route_tables.h"
#include "sim/control/schema.h"

namespace parley::sim::control {
namespace {

using base::Describe;
using http::QuerySpec;
using http::ResponseSpec;
using enum http::Method;

// A body of kMaxMediaText and what stands around it.
constexpr std::size_t kSendBodyLimit = kMaxMediaText + (1u << 20);

constexpr QuerySpec kPageQuery[] = {
    {"after", "Rows after this seq; 0 when absent"},
    {"limit", "At most so many rows; 100 when absent, 1000 at most"},
};
constexpr QuerySpec kWaitingPageQuery[] = {
    {"after", "Rows after this seq; 0 when absent"},
    {"limit", "At most so many rows; 100 when absent, 1000 at most"},
    {"wait", "When there are none, wait up to so many seconds for one; 30 at most"},
};
constexpr QuerySpec kPeopleQuery[] = {
    {"after", "People added after the one with this number"},
    {"limit", "At most so many; 100 when absent, 1000 at most"},
};
constexpr QuerySpec kMediaQuery[] = {
    {"type",
     "What the answer says that it is, as in image/png: an image, audio or video; absent: "
     "application/octet-stream"},
};
constexpr ResponseSpec kPeople[] = {{200, "In the order of adding", &Describe<ShownPeople>}};
constexpr ResponseSpec kPerson[] = {{200, "The person", &Describe<ShownPerson>}};
constexpr ResponseSpec kNewPerson[] = {{201, "The person", &Describe<ShownPerson>},
                                       {409, "Number, LID or username is taken"}};
constexpr ResponseSpec kInbox[] = {
    {200, "In order of arrival; each copy is a row of its own", &Describe<Inbox>}};
constexpr ResponseSpec kOutbox[] = {{200, "In order of sending", &Describe<Outbox>}};
constexpr ResponseSpec kSent[] = {{201, "Accepted", &Describe<SentBody>},
                                  {409, "The phone is offline"},
                                  {422, "Not a message, or the number is not on WhatsApp"}};
constexpr ResponseSpec kRead[] = {
    {200, "Read", &Describe<ReadAnswer>},
    {409, "The phone is offline, or the message can be neither played nor opened"}};
constexpr ResponseSpec kModified[] = {{201, "Accepted", &Describe<SentBody>},
                                      {404, "No such message in this person's chats"},
                                      {409, "The phone is offline, or WhatsApp forbids it"}};
constexpr ResponseSpec kLinked[] = {{201, "The device that is linked now", &Describe<ShownDevice>},
                                    {404, "Not on offer, or not any more"},
                                    {409, "The phone is offline or has too many devices"}};
constexpr ResponseSpec kDevices[] = {{200, "Linked now", &Describe<ShownDevices>}};
constexpr ResponseSpec kDevice[] = {{200, "The device", &Describe<ShownDevice>}};
constexpr QuerySpec kContactsQuery[] = {
    {"after", "Rows after the one with this number"},
    {"limit", "At most so many; 100 when absent, 1000 at most"},
};
constexpr QuerySpec kPresenceQuery[] = {
    {"viewer", "As this number sees it; everything when absent"},
};
constexpr ResponseSpec kFacts[] = {{200, "What that person learns", &Describe<ShownFacts>}};
constexpr ResponseSpec kContacts[] = {{200, "By number", &Describe<ShownContacts>}};
constexpr ResponseSpec kContact[] = {{200, "The row", &Describe<ShownContact>},
                                     {409, "The phone is offline, or the book is full"}};
constexpr ResponseSpec kBlocks[] = {{200, "Blocked numbers", &Describe<ShownBlocks>}};
constexpr ResponseSpec kPresence[] = {{200, "Now", &Describe<ShownPresence>}};
constexpr ResponseSpec kCalls[] = {{200, "In the order of making", &Describe<ShownCalls>}};
constexpr ResponseSpec kNewCall[] = {{201, "It rings", &Describe<ShownCall>},
                                     {409, "The phone is offline"},
                                     {422, "The number is not on WhatsApp"}};
constexpr ResponseSpec kCall[] = {{200, "The call", &Describe<ShownCall>},
                                  {409, "Not in its status, or the phone is offline"}};
constexpr ResponseSpec kChats[] = {{200, "Newest first", &Describe<ShownChats>}};
constexpr ResponseSpec kTemplates[] = {{200, "By name and language", &Describe<ShownTemplates>}};
constexpr ResponseSpec kNewTemplate[] = {
    {201, "Handed in for review", &Describe<network::Template>},
    {409, "It is there already, or its name was removed less than 30 days ago"},
    {422, "Not a template, or the person is no business"}};
constexpr ResponseSpec kCommerce[] = {{200, "The settings", &Describe<network::Commerce>}};
constexpr ResponseSpec kMessages[] = {
    {200, "Every message that was sent with this id, oldest first", &Describe<ShownMessages>}};
constexpr ResponseSpec kBytes[] = {{200, "The bytes"}, {422, "Not such a type"}};

constexpr Row kPersonRoutes[] = {
    {{kGet, "/people", "List people", nullptr, kPeopleQuery, kPeople}, &ListPeople},
    {{kPost, "/people", "Add a person", &Describe<NewPerson>, {}, kNewPerson, kPersonBodyLimit},
     &CreatePerson},
    {{kGet, "/people/{number}", "Get a person", nullptr, {}, kPerson}, &GetPerson},
    {{kPatch,
      "/people/{number}",
      "Change a person",
      &Describe<ChangedPerson>,
      {},
      kPerson,
      kPersonBodyLimit},
     &ChangePerson},
    {{kPost,
      "/people/{number}/online",
      "Switch the phone on or off",
      &Describe<OnlineBody>,
      {},
      kPerson},
     &SetOnline},
    {{kGet, "/people/{number}/inbox", "What arrived at the phone", nullptr, kWaitingPageQuery,
      kInbox},
     &GetInbox,
     &InboxHoldsNothing},
    {{kGet, "/people/{number}/outbox", "What the phone shows as sent", nullptr, kPageQuery,
      kOutbox},
     &GetOutbox},
    {{kPost,
      "/people/{number}/send",
      "Type a message on the phone",
      &Describe<SendBody>,
      {},
      kSent,
      kSendBodyLimit},
     &SendMessage},
    {{kPost,
      "/people/{number}/broadcast",
      "Send one message to many people by a list",
      &Describe<BroadcastBody>,
      {},
      kSent,
      kSendBodyLimit},
     &SendBroadcast},
    {{kPost, "/people/{number}/read", "Read messages", &Describe<ReadBody>, {}, kRead},
     &ReadMessages},
    {{kPost, "/people/{number}/react", "React to a message", &Describe<ReactBody>, {}, kModified},
     &React},
    {{kPost, "/people/{number}/edit", "Edit a message", &Describe<EditBody>, {}, kModified},
     &EditMessage},
    {{kPost,
      "/people/{number}/delete",
      "Delete a message for everybody",
      &Describe<DeleteBody>,
      {},
      kModified},
     &DeleteMessage},
    {{kPost, "/people/{number}/vote", "Vote in a poll", &Describe<VoteBody>, {}, kModified}, &Vote},
    {{kPost,
      "/people/{number}/choose",
      "Choose a row of a list or a button",
      &Describe<ChooseBody>,
      {},
      kModified},
     &Choose},
    {{kPost,
      "/people/{number}/fill_in",
      "Fill in a form and send it: the answer to a flow",
      &Describe<FillBody>,
      {},
      kModified},
     &FillIn},
    {{kGet,
      "/people/{number}/checks/{other}",
      "What the person learns of a number",
      nullptr,
      {},
      kFacts},
     &CheckNumber},
    {{kGet, "/people/{number}/contacts", "The phone's address book", nullptr, kContactsQuery,
      kContacts},
     &ListContacts},
    {{kPut,
      "/people/{number}/contacts/{other}",
      "Write a row of the address book",
      &Describe<ContactBody>,
      {},
      kContact},
     &SaveContact},
    {{kDelete, "/people/{number}/contacts/{other}", "Remove a row", nullptr, {}, kDone},
     &RemoveContact},
    {{kGet, "/people/{number}/blocks", "Whom the person blocks", nullptr, {}, kBlocks},
     &ListBlocked},
    {{kPut, "/people/{number}/blocks/{other}", "Block a number", nullptr, {}, kDone}, &BlockNumber},
    {{kDelete, "/people/{number}/blocks/{other}", "Unblock a number", nullptr, {}, kDone},
     &UnblockNumber},
    {{kGet, "/people/{number}/presence", "Whether the person is there or types", nullptr,
      kPresenceQuery, kPresence},
     &GetPresence},
    {{kPost,
      "/people/{number}/presence",
      "Be there, be away, or type",
      &Describe<PresenceBody>,
      {},
      kDone},
     &SetPresence},
    {{kGet, "/people/{number}/calls", "The phone's list of calls", nullptr, {}, kCalls},
     &ListCalls},
    {{kPost, "/people/{number}/calls", "Call somebody", &Describe<CallBody>, {}, kNewCall},
     &MakeCall},
    {{kPost,
      "/people/{number}/calls/{call}",
      "Accept, reject or end a call",
      &Describe<CallActionBody>,
      {},
      kCall},
     &ActOnCall},
    {{kGet, "/people/{number}/chats", "The phone's list of chats", nullptr, {}, kChats},
     &ListChats},
    {{kPost,
      "/people/{number}/chats/{chat}",
      "Mute, archive, read or delete a chat",
      &Describe<ChatBody>,
      {},
      kDone},
     &ChangeChat},
    {{kGet, "/people/{number}/templates", "A business's templates", nullptr, {}, kTemplates},
     &ListTemplates},
    {{kPost,
      "/people/{number}/templates",
      "Hand in a template",
      &Describe<TemplateBody>,
      {},
      kNewTemplate},
     &CreateTemplate},
    {{kDelete,
      "/people/{number}/templates/{name}",
      "Remove a template in all languages",
      nullptr,
      {},
      kDone},
     &RemoveTemplate},
    {{kPost,
      "/people/{number}/templates/{name}/review",
      "Decide about a template",
      &Describe<ReviewBody>,
      {},
      kTemplates},
     &ReviewTemplate},
    {{kGet,
      "/people/{number}/commerce",
      "The settings of a business's shop",
      nullptr,
      {},
      kCommerce},
     &GetCommerce},
    {{kPut, "/people/{number}/commerce", "Set them", &Describe<network::Commerce>, {}, kCommerce},
     &SetCommerce},
    {{kPost,
      "/people/{number}/scan",
      "Scan a QR code to link a device",
      &Describe<ScanBody>,
      {},
      kLinked},
     &Scan},
    {{kPost,
      "/people/{number}/enter-code",
      "Enter a code to link a device",
      &Describe<CodeBody>,
      {},
      kLinked},
     &EnterCode},
    {{kGet, "/people/{number}/devices", "List linked devices", nullptr, {}, kDevices},
     &ListDevices},
    {{kDelete, "/people/{number}/devices/{device}", "Log a device out", nullptr, {}, kDone},
     &UnlinkDevice},
    {{kPost, "/devices/{device}/disconnect", "Cut a device's connection", nullptr, {}, kDevice},
     &DisconnectDevice},
    {{kGet, "/messages/{id}", "Get messages by their id", nullptr, {}, kMessages}, &GetMessages},
    {{kPost,
      "/messages/{id}/fail",
      "Give a message back to its sender",
      &Describe<FailBody>,
      {},
      kMessages},
     &FailMessage},
    {{kGet, "/media/{sha256}", "Get media", nullptr, kMediaQuery, kBytes}, &GetMedia},
};

}  // namespace

std::span<const Row> PersonRoutes() { return kPersonRoutes; }

}  // namespace parley::sim::control
