// SqlMessageStore: what people said to messages and chose in polls.
#include "base/json.h"
#include "storage/messages.h"
#include "storage/peer.h"
#include "storage/read.h"

namespace parley::storage {
namespace {

constexpr Sql kPutReaction{"REPLACE INTO reactions (message, person, emoji, at) VALUES (?,?,?,?)"};
constexpr Sql kDropReaction{"DELETE FROM reactions WHERE message=? AND person=?"};
constexpr Sql kReactions{"SELECT r.person, r.emoji, r.at, " PEER_COLUMNS
                         " FROM reactions r LEFT JOIN persons p ON p.row = r.person "
                         "WHERE r.message=? ORDER BY r.person"};
constexpr Sql kPutVote{"REPLACE INTO votes (message, person, options, at) VALUES (?,?,?,?)"};
constexpr Sql kDropVote{"DELETE FROM votes WHERE message=? AND person=?"};
constexpr Sql kVotes{"SELECT v.person, v.options, v.at, " PEER_COLUMNS
                     " FROM votes v LEFT JOIN persons p ON p.row = v.person "
                     "WHERE v.message=? ORDER BY v.person"};

std::optional<core::PersonRow> PersonOrChannel(const Rows& rows) {
  const auto row = rows.RowNumber<core::PersonRow>(0);
  if (row == core::PersonRow()) return std::nullopt;
  return row;
}

}  // namespace

base::Result<void> SqlMessageStore::PutReaction(core::MessageRow message,
                                                const core::Reaction& reaction) {
  const core::PersonRow person = reaction.person.value_or(core::PersonRow());
  if (reaction.emoji.empty())
    PARLEY_CHECK(db_.Execute(kDropReaction, {message, person}));
  else
    PARLEY_CHECK(db_.Execute(kPutReaction, {message, person, reaction.emoji, reaction.at}));
  return {};
}

base::Result<std::vector<core::Reaction>> SqlMessageStore::Reactions(
    core::MessageRow message) const {
  return ReadAll(db_.Query(kReactions, {message}), [](const Rows& rows) {
    core::Reaction reaction;
    reaction.person = PersonOrChannel(rows);
    reaction.emoji = rows.Text(1);
    reaction.at = rows.Time(2);
    if (reaction.person) reaction.peer = ReadPeer(rows, 3);
    return base::Result<core::Reaction>(std::move(reaction));
  });
}

base::Result<void> SqlMessageStore::PutVote(core::MessageRow poll, const core::Vote& vote) {
  const core::PersonRow person = vote.person.value_or(core::PersonRow());
  if (vote.options.empty()) {
    PARLEY_CHECK(db_.Execute(kDropVote, {poll, person}));
    return {};
  }
  base::json::array chosen;
  for (const std::string& option : vote.options) chosen.emplace_back(base::JsonView(option));
  const std::string options = base::ToText(chosen);
  PARLEY_CHECK(db_.Execute(kPutVote, {poll, person, options, vote.at}));
  return {};
}

base::Result<std::vector<core::Vote>> SqlMessageStore::Votes(core::MessageRow poll) const {
  return ReadAll(db_.Query(kVotes, {poll}), [](const Rows& rows) -> base::Result<core::Vote> {
    core::Vote vote;
    vote.person = PersonOrChannel(rows);
    PARLEY_TRY(options, base::ParseJson(rows.View(1)));
    for (const base::json::value& option : options.as_array())
      vote.options.emplace_back(option.as_string());
    vote.at = rows.Time(2);
    if (vote.person) vote.peer = ReadPeer(rows, 3);
    return vote;
  });
}

}  // namespace parley::storage
