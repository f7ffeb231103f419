#include "link/multidevice/lid_map.h"

namespace parley::link::multidevice {
namespace {

RecordName ByNumber(const std::string& number) { return RecordName(kLidSpace, number); }
RecordName ByLid(const std::string& lid) { return RecordName(kNumberSpace, lid); }

}  // namespace

base::Task<base::Result<Who>> LidMap::Complete(Who who) {
  std::vector<Who> people(1, who);
  PARLEY_CO_TRY(completed, co_await CompleteAll(std::move(people)));
  co_return std::move(completed.front());
}

base::Task<base::Result<std::vector<Who>>> LidMap::CompleteAll(std::vector<Who> people) {
  std::vector<RecordName> names;
  std::vector<Who*> asked;
  for (Who& who : people) {
    if (who.complete() || who.empty()) continue;
    names.push_back(who.lid.empty() ? ByNumber(who.number) : ByLid(who.lid));
    asked.push_back(&who);
  }
  if (names.empty()) co_return std::move(people);
  PARLEY_CO_TRY(found, co_await ledger_.Read(std::move(names)));
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (!found[i]) continue;
    (asked[i]->lid.empty() ? asked[i]->lid : asked[i]->number) = *found[i];
  }
  co_return std::move(people);
}

base::Task<base::Result<void>> LidMap::Learn(Unit& unit, Who who) {
  if (!who.complete()) co_return base::Result<void>();
  std::vector<RecordName> names;
  names.push_back(ByNumber(who.number));
  names.push_back(ByLid(who.lid));
  PARLEY_CO_TRY(known, co_await ledger_.Read(std::move(names)));
  if (known[0] == who.lid && known[1] == who.number) co_return base::Result<void>();
  // What pointed at the other half before points at nobody.
  if (known[0] && *known[0] != who.lid) unit.Drop(ByLid(*known[0]));
  if (known[1] && *known[1] != who.number) unit.Drop(ByNumber(*known[1]));
  unit.Put(ByNumber(who.number), who.lid);
  unit.Put(ByLid(who.lid), who.number);
  co_return base::Result<void>();
}

}  // namespace parley::link::multidevice
