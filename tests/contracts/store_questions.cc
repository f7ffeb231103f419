// The questions of a walk.
#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "tests/contracts/store_answers.h"
#include "tests/contracts/store_walk.h"

namespace parley::testing {

std::vector<Query> Walk::Some(int count) {
  std::vector<Query> queries;
  for (int i = 0; i < count; ++i) {
    switch (Below(10)) {
      case 0:
        queries.push_back(AskAccountThings());
        break;
      case 1:
        queries.push_back(AskChannel());
        break;
      case 2:
        queries.push_back(AskContact());
        break;
      case 3:
        queries.push_back(AskEvents());
        break;
      case 4:
        queries.push_back(AskDeliveries());
        break;
      case 5:
        queries.push_back(AskRest());
        break;
      case 6:
      case 7:
        queries.push_back(AskMessage());
        break;
      default:
        queries.push_back(AskPage());
        break;
    }
  }
  return queries;
}

// All messages by every way there is to find them, and all chats.
std::vector<Query> Walk::Everything() {
  std::vector<Query> queries;
  for (const auto& [row, message] : model_.messages)
    queries.push_back({fmt::format("message {} by id", row.value),
                       [message = message](const Transaction& tx) {
                         return One(tx.messages().FindById(message.account, message.id));
                       },
                       model_.MessageText(message)});
  for (const auto& [row, message] : model_.messages)
    if (!message.link_id.empty())
      queries.push_back({fmt::format("message {} by link id", row.value),
                         [message = message](const Transaction& tx) {
                           return One(tx.messages().FindByLinkId(message.chat, message.direction,
                                                                 message.link_id));
                         },
                         model_.FindByLinkId(message.chat, message.direction, message.link_id)});
  const auto page = [&](core::MessageStore::Page wanted, core::AccountRow account,
                        std::string what) {
    wanted.limit = 0;
    queries.push_back({std::move(what),
                       [wanted, account](const Transaction& tx) {
                         return All(tx.messages().List(account, wanted));
                       },
                       Lines(model_.List(account, wanted))});
  };
  for (const auto& [row, channel] : model_.channels) {
    core::MessageStore::Page wanted;
    wanted.channel = row;
    page(wanted, channel.account, fmt::format("messages of channel {}", row.value));
  }
  for (const auto& [row, chat] : model_.chats) {
    core::MessageStore::Page wanted;
    wanted.chat = row;
    page(wanted, model_.channels[chat.channel].account,
         fmt::format("messages of chat {}", row.value));
    queries.push_back({fmt::format("time of the newest message of chat {}", row.value),
                       [row = row](const Transaction& tx) {
                         auto latest = tx.messages().LatestAt(row);
                         return latest ? Time(*latest) : latest.error().detail;
                       },
                       Time(model_.LatestAt(row))});
  }
  queries.push_back(
      {"all events",
       [](const Transaction& tx) { return All(tx.events().After(core::EventPosition(0), 100000)); },
       [&] {
         std::vector<std::string> all;
         for (const auto& [position, event] : model_.events) all.push_back(Text(event));
         return Lines(all);
       }()});
  return queries;
}

Query Walk::AskMessage() {
  const core::Message message = Any(model_.messages);
  const core::AccountRow account = Any(model_.accounts).row;
  const core::Chat chat = Any(model_.chats);
  const core::Direction direction = static_cast<core::Direction>(1 + Below(2));
  const std::string link_id = LinkId();
  const core::MessageRow after(static_cast<std::int64_t>(Below(300)));
  switch (Below(4)) {
    case 0:
      return {
          "message by id",
          [=](const Transaction& tx) { return One(tx.messages().FindById(account, message.id)); },
          message.account == account ? model_.MessageText(message) : "none"};
    case 1:
      return {"message by link id",
              [=](const Transaction& tx) {
                return One(tx.messages().FindByLinkId(chat.row, direction, link_id));
              },
              model_.FindByLinkId(chat.row, direction, link_id)};
    case 2:
      return {
          "queued messages",
          [=](const Transaction& tx) { return All(tx.messages().Queued(chat.channel, after, 5)); },
          Lines(model_.Queued(chat.channel, after, 5))};
    default:
      return {"time of the newest message",
              [=](const Transaction& tx) {
                auto latest = tx.messages().LatestAt(chat.row);
                return latest ? Time(*latest) : latest.error().detail;
              },
              Time(model_.LatestAt(chat.row))};
  }
}

Query Walk::AskPage() {
  core::MessageStore::Page page;
  const core::Chat& chat = Any(model_.chats);
  page.channel = chat.channel;
  if (Chance(2)) page.chat = chat.row;
  if (Chance(3)) page.after = Any(model_.messages).row;
  if (Chance(3)) page.before = Any(model_.messages).row;
  if (Chance(3)) page.from = Any(model_.messages).at;
  if (Chance(3)) page.until = Any(model_.messages).at;
  page.newest_first = Chance(2);
  page.by_row = Chance(2);
  if (page.chat && !page.by_row && Chance(3)) {
    const core::Message& at = Any(model_.messages);
    page.below = core::MessageStore::Place{at.at, at.row};
  }
  page.offset = Chance(2) ? 0 : static_cast<int>(Below(30));
  page.limit = static_cast<int>(Below(4)) * static_cast<int>(Below(15));
  const core::AccountRow account =
      Chance(8) ? Any(model_.accounts).row : model_.channels[chat.channel].account;
  return {
      fmt::format("page: channel {} chat {} after {} before {} below {} newest_first {} by_row {} "
                  "offset {} limit {}",
                  page.channel.value, page.chat ? page.chat->value : 0, page.after.value,
                  page.before.value, page.below ? page.below->row.value : 0, page.newest_first,
                  page.by_row, page.offset, page.limit),
      [=](const Transaction& tx) { return All(tx.messages().List(account, page)); },
      Lines(model_.List(account, page))};
}

Query Walk::AskContact() {
  const core::AccountRow account = Any(model_.accounts).row;
  switch (Below(4)) {
    case 0: {
      const bool phone = Chance(2);
      const core::Address address{phone ? core::AddressKind::kPhone : core::AddressKind::kLid,
                                  phone ? Phone() : Lid()};
      const auto known = model_.addresses.find({account, address});
      return {
          "person by address",
          [=](const Transaction& tx) { return One(tx.contacts().FindPerson(account, address)); },
          known == model_.addresses.end() ? "none" : Text(model_.persons[known->second])};
    }
    case 1: {
      const core::Person person = Any(model_.persons);
      const auto merged = model_.merged.find(person.row);
      const core::PersonRow leads_to = merged == model_.merged.end() ? person.row : merged->second;
      return {"person by id",
              [=](const Transaction& tx) {
                return One(tx.contacts().FindPersonById(account, person.id));
              },
              person.account == account ? Text(model_.persons[leads_to]) : "none"};
    }
    case 2: {
      const core::PersonRow person = Any(model_.persons).row;
      const core::ChannelRow channel = Any(model_.channels).row;
      std::string expected = "none";
      for (const auto& [row, chat] : model_.chats)
        if (chat.channel == channel && chat.person == person) expected = Text(chat);
      return {"chat of a person",
              [=](const Transaction& tx) { return One(tx.contacts().FindChat(channel, person)); },
              expected};
    }
    default: {
      core::Chat chat = Any(model_.chats);
      const core::Person& person = model_.persons[chat.person];
      chat.peer = person.peer;
      return {"chat by row",
              [=](const Transaction& tx) {
                return One(tx.contacts().FindChatByRow(account, chat.row));
              },
              person.account == account ? Text(chat) : "none"};
    }
  }
}

Query Walk::AskAccountThings() {
  const core::Account account = Any(model_.accounts);
  std::vector<std::string> keys;
  for (const auto& [row, key] : model_.credentials)
    if (key.account == account.row) keys.push_back(Text(key));
  switch (Below(4)) {
    case 0:
      return {"account",
              [=](const Transaction& tx) {
                return One(tx.accounts().Find(account.row)) +
                       One(tx.accounts().FindById(account.id)) +
                       All(tx.accounts().List(core::AccountRow(account.row.value - 1), 1));
              },
              Text(account) + Text(account) + Text(account)};
    case 1: {
      if (model_.credentials.empty()) return AskPage();
      const core::Credential key = Any(model_.credentials);
      return {"credential by digest",
              [=](const Transaction& tx) { return One(tx.credentials().FindByDigest(key.digest)); },
              Text(key)};
    }
    case 2: {
      const core::ChannelRow channel = Any(model_.channels).row;
      std::vector<std::string> its;
      for (const auto& [row, key] : model_.credentials)
        if (key.channel == channel) its.push_back(Text(key));
      return {"credentials of a channel",
              [=](const Transaction& tx) { return All(tx.credentials().ListOfChannel(channel)); },
              Lines(its)};
    }
    default:
      return {"credentials of an account",
              [=](const Transaction& tx) { return All(tx.credentials().List(account.row)); },
              Lines(keys)};
  }
}

Query Walk::AskChannel() {
  const core::Channel channel = Any(model_.channels);
  const core::AccountRow account = Any(model_.accounts).row;
  const bool mine = channel.account == account;
  const bool deleted = channel.state == core::ChannelState::kDeleted;
  const std::string text = mine ? Text(channel) : "none";
  switch (Below(5)) {
    case 0:
      return {"channel",
              [=](const Transaction& tx) {
                return Shared(tx.channels().Find(account, channel.row)) +
                       Shared(tx.channels().FindById(account, channel.id));
              },
              text + text};
    case 1:
      return {"channel by code",
              [=](const Transaction& tx) {
                return Shared(tx.channels().FindByCode(account, channel.code));
              },
              deleted ? "none" : text};
    case 2: {
      std::string expected = "none";
      for (const auto& [row, other] : model_.channels)
        if (other.account == account && other.phone == channel.phone &&
            other.state != core::ChannelState::kDeleted)
          expected = Text(other);
      return {"channel by phone",
              [=](const Transaction& tx) {
                return Shared(tx.channels().FindByPhone(account, channel.phone));
              },
              expected};
    }
    case 3: {
      core::ChannelStore::Filter filter;
      if (Chance(2)) filter.states = {core::ChannelState::kConnected, core::ChannelState::kDeleted};
      if (Chance(2)) filter.before = channel.row;
      filter.limit = 3;
      std::vector<std::string> expected;
      for (auto it = model_.channels.rbegin(); it != model_.channels.rend(); ++it) {
        const core::Channel& c = it->second;
        const bool fits = filter.states.empty()
                              ? c.state != core::ChannelState::kDeleted
                              : std::count(filter.states.begin(), filter.states.end(), c.state) > 0;
        if (c.account == account && fits && (filter.before.value == 0 || c.row < filter.before) &&
            expected.size() < 3)
          expected.push_back(Text(c));
      }
      return {"channels",
              [=](const Transaction& tx) { return All(tx.channels().List(account, filter)); },
              Lines(expected)};
    }
    default: {
      std::vector<std::string> expected;
      for (const auto& [row, c] : model_.channels)
        if (row > channel.row && c.state != core::ChannelState::kDeleted && expected.size() < 2)
          expected.push_back(Text(c));
      return {"channels of all accounts",
              [=](const Transaction& tx) { return All(tx.channels().ListAll(channel.row, 2)); },
              Lines(expected)};
    }
  }
}

Query Walk::AskEvents() {
  const core::Event event = Any(model_.events);
  if (Chance(2))
    return {"event, oldest, last",
            [=](const Transaction& tx) {
              return One(tx.events().Find(event.position)) + Number(tx.events().Oldest()) + " " +
                     Number(tx.events().Last());
            },
            fmt::format("{}{} {}", Text(event), model_.events.begin()->first.value,
                        model_.events.rbegin()->first.value)};
  if (Chance(3)) {
    const core::ChannelRow channel = Any(model_.channels).row;
    const core::EventPosition before = Chance(2) ? event.position : core::EventPosition();
    std::vector<std::string> expected;
    for (auto it = model_.events.rbegin(); it != model_.events.rend() && expected.size() < 3; ++it)
      if (it->second.channel == channel && (before.value == 0 || it->first < before) &&
          std::holds_alternative<core::ChannelStateChanged>(it->second.body))
        expected.push_back(Text(it->second));
    return {"states of a channel",
            [=](const Transaction& tx) { return All(tx.events().StatesOf(channel, before, 3)); },
            Lines(expected)};
  }
  std::vector<std::string> expected, of_account;
  core::EventPosition last = event.position;
  for (const auto& [position, other] : model_.events) {
    if (position <= event.position || expected.size() == 4) continue;
    last = position;
    expected.push_back(Text(other));
    if (other.account == event.account) of_account.push_back(Text(other));
  }
  if (Chance(2))
    return {
        "events after one, of its account",
        [=](const Transaction& tx) -> std::string {
          auto slice = tx.events().AfterOf({event.account}, event.position, 4);
          if (!slice) return slice.error().detail;
          return Lines(Texts(slice->events)) +
                 fmt::format(" {}{}", slice->last.value, slice->at_end ? " end" : "");
        },
        Lines(of_account) + fmt::format(" {}{}", last.value, expected.size() < 4 ? " end" : "")};
  return {"events after one",
          [=](const Transaction& tx) { return All(tx.events().After(event.position, 4)); },
          Lines(expected)};
}

Query Walk::AskDeliveries() {
  const core::Subscription subscription = Any(model_.subscriptions);
  const core::SubscriptionRow row = subscription.row;
  const core::AccountRow account = Any(model_.accounts).row;
  std::vector<core::Delivery> its;  // by event and name
  for (const auto& [key, delivery] : model_.deliveries)
    if (delivery.subscription == row) its.push_back(delivery);
  const auto unsettled = [](const core::Delivery& d) {
    return d.state <= core::DeliveryState::kParked;
  };
  switch (Below(7)) {
    case 0: {
      std::vector<std::string> active, of_account;
      std::optional<std::int64_t> lowest;
      for (const auto& [number, other] : model_.subscriptions) {
        if (other.account == account) of_account.push_back(Text(other));
        if (other.state != core::SubscriptionState::kActive) continue;
        active.push_back(Text(other));
        if (other.behind) lowest = std::min(lowest.value_or(INT64_MAX), other.position.value);
      }
      return {"subscriptions",
              [=](const Transaction& tx) {
                return One(tx.subscriptions().Find(row)) +
                       One(tx.subscriptions().FindById(account, subscription.id)) +
                       All(tx.subscriptions().ListActive(core::SubscriptionRow(0), 1000)) +
                       All(tx.subscriptions().List(account, {})) +
                       Lowest(tx.subscriptions().LowestBehind());
              },
              Text(subscription) + (subscription.account == account ? Text(subscription) : "none") +
                  Lines(active) + Lines(of_account) + (lowest ? std::to_string(*lowest) : "none")};
    }
    case 1: {
      core::DeliveryStore::Filter filter;
      if (Chance(2)) filter.subscription = row;
      if (Chance(2)) filter.state = core::DeliveryState::kDead;
      if (Chance(2)) filter.before = Any(model_.events).position;
      std::vector<core::Delivery> chosen;
      for (const auto& [key, d] : model_.deliveries) {
        if (model_.subscriptions[d.subscription].account != account) continue;
        if (filter.subscription && d.subscription != row) continue;
        if (filter.state && d.state != *filter.state) continue;
        if (filter.before.value > 0 && d.event >= filter.before) continue;
        chosen.push_back(d);
      }
      // Of one event, the order is open.
      std::vector<std::string> expected = Texts(chosen);
      std::sort(expected.begin(), expected.end());
      return {"deliveries",
              [=](const Transaction& tx) {
                auto found = tx.deliveries().List(account, [&] {
                  core::DeliveryStore::Filter all = filter;
                  all.limit = 100000;
                  return all;
                }());
                if (!found) return found.error().detail;
                for (std::size_t i = 1; i < found->size(); ++i)
                  if ((*found)[i - 1].event < (*found)[i].event) return std::string("not in order");
                std::vector<std::string> texts = Texts(*found);
                std::sort(texts.begin(), texts.end());
                return Lines(texts);
              },
              Lines(expected)};
    }
    case 2: {
      const core::EventPosition after = Any(model_.events).position;
      std::vector<std::string> expected;
      for (const core::Delivery& d : its)
        if (d.event > after) expected.push_back(Text(d));
      return {"deliveries above",
              [=](const Transaction& tx) { return All(tx.deliveries().Above(row, after)); },
              Lines(expected)};
    }
    case 3: {
      std::map<core::OrderKey, core::Delivery> next;
      for (const core::Delivery& d : its)
        if (unsettled(d)) next.try_emplace(d.order_key, d);
      std::vector<std::string> expected;
      for (const core::Delivery& d : its)
        if (next.contains(d.order_key) && Text(next[d.order_key]) == Text(d))
          expected.push_back(Text(d));
      return {"next of keys",
              [=](const Transaction& tx) { return All(tx.deliveries().NextOfKeys(row)); },
              Lines(expected)};
    }
    case 4: {
      const core::OrderKey key = static_cast<std::int64_t>(Below(4)) - 1;
      std::string expected = "none";
      for (auto it = its.rbegin(); it != its.rend(); ++it)
        if (unsettled(*it) && it->order_key == key) expected = Text(*it);
      return {"next of a key",
              [=](const Transaction& tx) { return One(tx.deliveries().NextOfKey(row, key)); },
              expected};
    }
    case 5: {
      if (its.empty()) return AskPage();
      const core::Delivery d = its[Below(its.size())];
      return {
          "delivery",
          [=](const Transaction& tx) { return One(tx.deliveries().Find(row, d.event, d.name)); },
          Text(d)};
    }
    default: {
      std::int64_t oldest = 0;
      for (const auto& [key, d] : model_.deliveries)
        if (unsettled(d) && (oldest == 0 || d.event.value < oldest)) oldest = d.event.value;
      return {"oldest unsettled, common position",
              [=](const Transaction& tx) {
                return Number(tx.deliveries().OldestUnsettled()) + " " +
                       Number(tx.deliveries().CommonPosition());
              },
              fmt::format("{} {}", oldest, model_.common_position.value)};
    }
  }
}

Query Walk::AskRest() {
  const core::AccountRow account = Any(model_.accounts).row;
  switch (Below(6)) {
    case 5: {
      const core::ChannelRow channel = Any(model_.channels).row;
      std::optional<core::Month> month;
      if (Chance(2)) month = SomeMonth();
      const core::Month of = month.value_or(SomeMonth());
      const auto accepted = model_.accepted.find({account, of});
      return {"usage",
              [=](const Transaction& tx) {
                const auto messages = tx.usage().Accepted(account, of);
                return All(tx.usage().List(channel, month)) +
                       (messages ? std::to_string(*messages) : messages.error().detail);
              },
              Lines(model_.Usage(channel, month)) +
                  std::to_string(accepted == model_.accepted.end() ? 0 : accepted->second)};
    }
    case 0: {
      if (model_.media.empty()) return AskPage();
      const core::Media media = Any(model_.media);
      core::MediaOwner owner(account);
      if (Chance(2)) owner.channel = Any(model_.channels).row;
      const bool may_use = media.account == account &&
                           (!owner.channel || !media.channel || *owner.channel == *media.channel);
      return {"media",
              [=](const Transaction& tx) {
                return One(tx.media().Find(owner, media.ref.id)) +
                       One(tx.media().FindPublic(media.ref.id));
              },
              (may_use ? Text(media) : "none") + Text(media)};
    }
    case 1: {
      const std::string digest = base::ToHexText(base::AsText(Digest(Below(8))));
      const bool used = std::any_of(model_.media.begin(), model_.media.end(), [&](const auto& row) {
        return row.second.ref.sha256 == digest;
      });
      return {"unused digests",
              [=](const Transaction& tx) {
                auto unused = tx.media().Unused({digest});
                return unused ? Lines(*unused) : unused.error().detail;
              },
              used ? "" : digest};
    }
    case 2: {
      std::vector<std::string> unfinished;
      for (const auto& [id, operation] : model_.operations)
        if (operation.state <= core::OperationState::kRunning)
          unfinished.push_back(Text(operation));
      const core::OperationId id =
          model_.operations.empty() ? core::OperationId() : Any(model_.operations).id;
      const auto known = model_.operations.find(id);
      const bool mine = known != model_.operations.end() && known->second.account == account;
      return {"operations",
              [=](const Transaction& tx) {
                return One(tx.operations().Find(account, id)) + All(tx.operations().Unfinished());
              },
              (mine ? Text(known->second) : "none") + Lines(unfinished)};
    }
    case 3: {
      const base::Digest scope = Digest(Below(12));
      const base::Time now = now_ + std::chrono::seconds(Below(15));
      return {"idempotency record",
              [=](const Transaction& tx) { return One(tx.idempotency().Find(scope, now)); },
              model_.FindRecord(scope, now)};
    }
    default: {
      const core::ChannelRow channel = Any(model_.channels).row;
      std::string expected;
      for (const auto& [key, value] : model_.link_state)
        if (std::get<0>(key) == channel && std::get<1>(key) == "keys")
          expected += std::get<2>(key) + "=" + value + ";";
      const auto one = model_.link_state.find({channel, "sessions", "3"});
      return {"link state",
              [=](const Transaction& tx) {
                auto all = tx.link_state().List(channel, "keys");
                auto got = tx.link_state().Get(channel, "sessions", "3");
                if (!all || !got) return std::string("error");
                std::string text;
                for (const core::LinkWrite& write : *all)
                  text += write.key + "=" + *write.value + ";";
                return text + got->value_or("none");
              },
              expected + (one == model_.link_state.end() ? "none" : one->second)};
    }
  }
}

}  // namespace parley::testing
