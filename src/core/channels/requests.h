// What is asked of a channel's link and answered at once: queries, and actions that are not
// messages. A request has a deadline and is never repeated by itself, not even after a crash; what
// must not be lost (messages, edits, reactions) is a row instead. How to ask: core/channels/ask.h.
//
// A request is a struct that names its Answer, in the requests.h of its topic. A new one is a line
// in LinkRequest, and one in LinkAnswer when its answer is of a new type; the compiler then lists
// the links that must know it. One that cannot do it answers kNotSupported.
#pragma once

#include <variant>

#include "core/contacts/requests.h"
#include "core/groups/requests.h"
#include "core/newsletters/requests.h"
#include "core/profiles/requests.h"
#include "core/templates/requests.h"

namespace parley::core {

using LinkRequest =
    std::variant<CheckNumbers, ListGroups, GetGroup, FindInvitedGroup, CreateGroup,
                 ChangeParticipants, ChangeGroup, LeaveGroup, GetInviteCode, JoinGroup,
                 ListNewsletters, GetNewsletter, FindInvitedNewsletter, CreateNewsletter,
                 FollowNewsletter, MuteNewsletter, SaveContact, SetBlocked, ShowPresence,
                 FetchPicture, MarkRead, ReadChat, RejectCall, GetProfile, ChangeProfile,
                 ListTemplates, CreateTemplate, RemoveTemplate, GetCommerce, SetCommerce>;
using LinkAnswer =
    std::variant<Done, CheckNumbers::Answer, ListGroups::Answer, GroupInfo, CreatedGroup,
                 ChangeParticipants::Answer, InviteCode, JoinedGroup, ListNewsletters::Answer,
                 NewsletterInfo, FetchPicture::Answer, GetProfile::Answer, ListTemplates::Answer,
                 CreateTemplate::Answer, GetCommerce::Answer>;

}  // namespace parley::core
