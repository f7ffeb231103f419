// The routes of the admin API: contacts and templates of a channel.
#include "admin/handlers.h"
#include "admin/people_schema.h"
#include "admin/route_tables.h"

namespace parley::admin {
namespace {

using base::Describe;
using http::QuerySpec;
using http::ResponseSpec;
using enum http::Method;

constexpr QuerySpec kContactQuery[] = {
    {"query", "A part of a name or number, in any case of A to Z"},
    {"after", "`next` of the page before"},
    {"limit", "Up to 500, 50 when left out"},
};

constexpr ResponseSpec kContacts[] = {
    {200, "People with a name: of the account, or of this phone's address book",
     &Describe<ContactList>}};
constexpr ResponseSpec kTemplates[] = {
    {200, "As the network has them", &Describe<TemplateList>},
    {409, "The channel is not connected", &Describe<ErrorReply>},
    {422, "not_supported: its number is no business", &Describe<ErrorReply>}};
constexpr ResponseSpec kNewTemplate[] = {
    {201, "Handed in; the network reviews it", &Describe<TemplateView>},
    {409, "There is one of this name and language, or the channel is not connected",
     &Describe<ErrorReply>},
    {422, "Faults of the components", &Describe<ErrorReply>}};
constexpr ResponseSpec kNoTemplate[] = {{204, "Removed in all languages"},
                                        {404, "Unknown template", &Describe<ErrorReply>}};

constexpr Row kPeopleRoutes[] = {
    {{kGet, CHANNEL "/contacts", "List contacts", nullptr, kContactQuery, kContacts},
     &ListContacts},
    {{kGet, CHANNEL "/templates", "List templates", nullptr, {}, kTemplates}, &ListTemplates},
    {{kPost,
      CHANNEL "/templates",
      "Hand in a template",
      &Describe<NewTemplateBody>,
      {},
      kNewTemplate},
     &CreateTemplate},
    {{kDelete, CHANNEL "/templates/{name}", "Remove a template", nullptr, {}, kNoTemplate},
     &DeleteTemplate},
};

}  // namespace

std::span<const Row> PeopleRoutes() { return kPeopleRoutes; }

}  // namespace parley::admin
