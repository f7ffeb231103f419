// Where persons, their addresses and chats are kept. Thread: inside a transaction only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/contacts/person.h"

namespace parley::core {

// When something was written in a chat for the last time is noted once a minute: a row of the chat
// is not written for each message.
inline constexpr base::Duration kActivityStep = std::chrono::minutes(1);
struct ChatActivity {
  std::optional<base::Time> at;  // up to kActivityStep before the last message; nullopt: never
  bool is_deleted = false;       // on the channel's phone, and nothing was written in it since
};

// Where a chat stands in the list of a channel's chats.
struct ChatPlace {
  base::Time at;  // ChatActivity::at; the epoch when nobody ever wrote in it
  ChatRow row;
};

class ContactStore {
 public:
  virtual ~ContactStore() = default;

  virtual base::Result<std::optional<Person>> FindPerson(AccountRow account,
                                                         const Address& address) const = 0;
  // Follows the redirect of a person that was merged away.
  virtual base::Result<std::optional<Person>> FindPersonById(AccountRow account,
                                                             PersonId id) const = 0;
  // Stores the person and an address row for each address in `peer`.
  virtual base::Result<PersonRow> InsertPerson(const Person& person) = 0;
  // Stores `peer`; addresses that are new get a row, changed ones move here.
  virtual base::Result<void> UpdatePerson(const Person& person) = 0;
  struct ContactPage {
    PersonRow after;     // rows after it; 0: from the first
    std::string search;  // in name, push name or number; empty: all
    // Only those in the address book of this channel, or of none.
    std::optional<ChannelRow> of;
    int offset = 0;
    int limit = 100;
  };
  // Persons whom the account has given a name, by row.
  virtual base::Result<std::vector<Person>> ListContacts(AccountRow account,
                                                         const ContactPage& page) const = 0;
  // The address book of the channel's phone has the person, or does not any more.
  virtual base::Result<void> SetInBook(ChannelRow channel, PersonRow person, bool is_in) = 0;
  // No address book has the person any more; a name that is left is the account's.
  virtual base::Result<void> LeaveBooks(PersonRow person) = 0;
  // The channel is going: its entries, so many at a time, become those of a book that is gone. It
  // hides the names from other channels as before, and keeps none that is struck out. Answers how
  // many there were; fewer than `limit`: all are.
  virtual base::Result<std::int64_t> CloseBook(ChannelRow channel, int limit) = 0;
  // Whether any address book has the person, but those that are gone.
  virtual base::Result<bool> IsInBooks(PersonRow person) const = 0;
  // Whether the person is in the address books of other channels, also of such as are gone, and not
  // in this one's: then the name is theirs.
  virtual base::Result<bool> IsNameOfOthers(ChannelRow channel, PersonRow person) const = 0;
  virtual base::Result<void> SetBlocked(ChannelRow channel, PersonRow person, bool blocked) = 0;
  virtual base::Result<bool> IsBlocked(ChannelRow channel, PersonRow person) const = 0;
  // Points everything of `dropped` at `kept` and leaves a redirect.
  virtual base::Result<void> MergePersons(PersonRow kept, PersonRow dropped) = 0;

  // Chats with people; those of groups are found through GroupStore.
  virtual base::Result<std::optional<Chat>> FindChat(ChannelRow channel,
                                                     PersonRow person) const = 0;
  virtual base::Result<std::optional<Chat>> FindChatByRow(AccountRow account,
                                                          ChatRow row) const = 0;
  virtual base::Result<ChatRow> InsertChat(const Chat& chat) = 0;
  struct ChatPage {
    // Also those in which nobody has written since the channel was paired; those that were deleted
    // are always left out.
    bool with_history = false;
    std::string search;              // in name, push name, number or subject; empty: all
    std::optional<ChatPlace> after;  // where to go on, which what happens meanwhile does not move
    int offset = 0;
    int limit = 100;
  };
  // Those in which was written last come first, to kActivityStep.
  virtual base::Result<std::vector<Chat>> ListChats(ChannelRow channel,
                                                    const ChatPage& page) const = 0;
  // Something was written in it at that time. `is_news`: since the channel was paired; a deleted
  // chat is there again by that.
  virtual base::Result<void> NoteActivity(ChatRow chat, base::Time at, bool is_news) = 0;
  virtual base::Result<ChatActivity> ActivityOf(ChatRow chat) const = 0;
  // It was deleted on the channel's phone.
  virtual base::Result<void> HideChat(ChatRow chat) = 0;
  // Stores unread, muted, muted_until and archived.
  virtual base::Result<void> UpdateChat(const Chat& chat) = 0;
  // One message more that nobody has read.
  virtual base::Result<void> CountUnread(const Chat& chat) = 0;
  // So many are left unread, or fewer; of groups, too.
  virtual base::Result<void> LimitUnread(const Chat& chat, std::int64_t left) = 0;
  // Moves the chat's window_until forward; an earlier time changes nothing.
  virtual base::Result<void> WidenWindow(const Chat& chat, base::Time until) = 0;
};

}  // namespace parley::core
