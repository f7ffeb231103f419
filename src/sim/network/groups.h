// Groups: what people do with groups, on the phone or on a device; `by` is the number of who does
// it. Every change is a notice to the devices of everybody in the group.
//
//   Network::groups()
//
// Errors: kNotFound for a number without a person, and for a group that does not exist or that `by`
// is not in; kForbidden for what only admins do; kInvalidFields; what else is said at each
// function.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sim/network/group.h"

namespace parley::sim::network {

class Ledger;
class MediaShelf;
class Timeline;

struct GroupDraft {
  std::string subject;
  std::string description, picture;       // may be empty
  std::vector<std::string> participants;  // numbers, without whoever creates it
};

// What is to be different; what is absent stays.
struct GroupUpdate {
  std::optional<std::string> subject, description, picture;
  std::optional<bool> announce, restricted, join_approval;
  std::optional<MemberAddMode> member_add_mode;
};

// What became of one person whom an action named. The numbers are WhatsApp's own.
enum class ParticipantStatus : std::uint16_t {
  kDone = 200,          // also when there was nothing to do
  kNotAllowed = 403,    // by their privacy settings; for the others, not to the superadmin
  kNotFound = 404,      // not on WhatsApp; for the others, not in the group, or has not asked
  kAlreadyThere = 409,  // in the group
  kFull = 419,          // the group has kMaxParticipants
};
struct ParticipantResult {
  std::string number;
  ParticipantStatus status = ParticipantStatus::kDone;
  bool operator==(const ParticipantResult&) const = default;
};

struct CreatedGroup {
  Group group;
  std::vector<ParticipantResult> results;  // one per participant of the draft
};

struct JoinAnswer {
  std::string group;     // its id
  bool pending = false;  // an admin must approve
};

// Thread: that of the network.
class Groups {
 public:
  Groups(Ledger& ledger, Timeline& timeline, MediaShelf& media);

  // Who creates it becomes its superadmin.
  base::Result<CreatedGroup> Create(std::string_view by, GroupDraft draft);
  // As `by` sees it: the invite code only for admins.
  base::Result<Group> Get(std::string_view by, std::string_view id) const;
  // Those that `by` is in, in the order of their ids, after the one with the id `after`.
  base::Result<std::vector<Group>> List(std::string_view by, std::string_view after,
                                        std::size_t limit) const;
  // As nobody but the network sees them.
  base::Result<GroupState> Find(std::string_view id) const;
  std::vector<Group> ListAll(std::string_view after, std::size_t limit) const;

  // kAdd, kRemove, kPromote or kDemote; one result per number, in their order. Adding is for admins
  // unless member_add_mode says otherwise, the rest for admins alone.
  base::Result<std::vector<ParticipantResult>> ChangeParticipants(std::string_view by,
                                                                  std::string_view id,
                                                                  ParticipantAction action,
                                                                  std::vector<std::string> numbers);
  // The superadmin's role passes on to the first admin, or else the first member.
  base::Result<void> Leave(std::string_view by, std::string_view id);
  // Subject, description and picture: everybody, unless the group is restricted. The rest: admins.
  base::Result<Group> Change(std::string_view by, std::string_view id, const GroupUpdate& update);

  // For admins.
  base::Result<std::string> InviteCode(std::string_view by, std::string_view id) const;
  // Answers the new code; the old one is void.
  base::Result<std::string> RevokeInvite(std::string_view by, std::string_view id);
  // What somebody sees who has the code: no invite code.
  base::Result<Group> FindByInvite(std::string_view code) const;
  // kAlreadyExists when `by` is in the group; kInvalidState when it is full.
  base::Result<JoinAnswer> Join(std::string_view by, std::string_view code);
  base::Result<std::vector<JoinRequest>> ListRequests(std::string_view by,
                                                      std::string_view id) const;
  // Lets people in who asked, or turns them away; one result per number.
  base::Result<std::vector<ParticipantResult>> AnswerRequests(std::string_view by,
                                                              std::string_view id, bool approve,
                                                              std::vector<std::string> numbers);

  // Nobody but `by` hears of it. Without `until`: not muted any more.
  base::Result<void> Mute(std::string_view by, std::string_view id,
                          std::optional<base::Time> until);
  // nullopt when it is not muted now.
  base::Result<std::optional<base::Time>> MutedUntil(std::string_view by,
                                                     std::string_view id) const;

 private:
  // The group that `by` is in.
  base::Result<const GroupState*> GroupOf(std::string_view by, std::string_view id) const;
  base::Result<const GroupState*> GroupOfAdmin(std::string_view by, std::string_view id) const;
  // What adding these people would do to each; `joining` gets those who can be added.
  std::vector<ParticipantResult> Invite(const Group& group, const std::vector<std::string>& numbers,
                                        std::vector<std::string>& joining) const;
  base::Result<void> CommitChange(std::string_view by, Group group,
                                  std::vector<GroupAspect> changed);
  base::Result<void> CommitAction(std::string_view by, const Group& group, ParticipantAction action,
                                  std::vector<std::string> numbers);

  Ledger& ledger_;
  Timeline& timeline_;
  MediaShelf& media_;
};

}  // namespace parley::sim::network
