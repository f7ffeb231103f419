// The network's things as the control API shows them.
#pragma once

#include <string>

#include "sim/control/call.h"
#include "sim/control/group_schema.h"
#include "sim/control/life_schema.h"
#include "sim/control/message_schema.h"
#include "sim/control/person_schema.h"
#include "sim/control/phone_schema.h"
#include "sim/control/schema.h"

namespace parley::sim::control {

ShownPerson Show(const network::Person& person, const Call& call);
ShownFacts Show(const network::NumberFacts& facts, const Call& call);
ShownCall Show(const network::Call& call);
ShownDevice Show(const network::DeviceInfo& device);
SentBody Show(const network::Typed& typed);
ShownFault Show(const network::Fault& fault);
InboxMessage Show(const network::InboxRow& row, const Call& call);
OutboxMessage Show(const network::OutboxRow& row, const Call& call);
ShownMessage Show(const network::SentMessage& message, const Call& call);
ShownGroup Show(const network::Group& group, const Call& call);
ShownNewsletter Show(const network::NewsletterState& state, const Call& call);

}  // namespace parley::sim::control
