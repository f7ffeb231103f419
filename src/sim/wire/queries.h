// Queries: the services behind <iq>, as one table of what is asked and who answers.
#pragma once

#include "sim/wire/client.h"

namespace parley::sim::wire {

// Answers an <iq> of type get or set; one that nobody knows with error 501.
void AnswerQuery(Client& client, const binary::Node& iq);

}  // namespace parley::sim::wire
