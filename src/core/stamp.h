// Stamp: the time and the ids that one operation will use, drawn before its transaction. A store
// closure may run more than once and must then give the same rows, so it carries a Stamp by value
// and draws from its own copy.
#pragma once

#include "base/random.h"
#include "base/scheduler.h"
#include "base/uuid.h"

namespace parley::core {

class Stamp {
 public:
  Stamp(base::Time now, base::Random& random) : now_(now), base_(base::MakeUuidV7(now, random)) {}

  base::Time now() const { return now_; }

  // The next id of the series: the drawn UUIDv7 with a counter added into its random tail.
  template <class Id>
  Id Next() {
    base::Uuid id = base_;
    unsigned carry = used_++;
    for (std::size_t i = id.bytes.size(); i-- > 12 && carry > 0;) {
      carry += id.bytes[i];
      id.bytes[i] = static_cast<std::uint8_t>(carry);
      carry >>= 8;
    }
    return Id(id);
  }

 private:
  base::Time now_;
  base::Uuid base_;
  unsigned used_ = 0;
};

}  // namespace parley::core
