// The bodies of the control API about devices, faults and time; those of other topics stand in
// headers of their own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"
#include "sim/network/device.h"
#include "sim/network/fault.h"

namespace parley::sim::control {

// ---------------------------------------------------------------------------------------- devices

struct ScanBody {
  std::string qr;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("qr", &ScanBody::qr, base::MaxLength(1000),
                                          base::Doc("The text in the QR code")));
  }
};

struct CodeBody {
  std::string code;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("code", &CodeBody::code, base::MaxLength(20), base::Doc("XXXX-XXXX")));
  }
};

struct ShownDevice {
  std::string id, number;
  network::Profile profile = network::Profile::kPhone;
  std::int64_t linked_at = 0, queued = 0;
  bool connected = false;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Required;
    using D = ShownDevice;
    return base::FieldList(Required("id", &D::id), Required("number", &D::number),
                           Required("profile", &D::profile),
                           Required("linked_at", &D::linked_at, Doc("Unix seconds")),
                           Required("connected", &D::connected),
                           Required("queued", &D::queued, Doc("Items it has not acknowledged")));
  }
};

struct ShownDevices {
  std::vector<ShownDevice> devices;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("devices", &ShownDevices::devices));
  }
};

// ----------------------------------------------------------------------------------------- faults

struct ShownFault {
  std::int64_t id = 0;
  network::FaultForm rule;

  static constexpr auto Fields() {
    return base::FieldList(base::Required("id", &ShownFault::id),
                           base::Required("rule", &ShownFault::rule));
  }
};

struct ShownFaults {
  std::vector<ShownFault> faults;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("faults", &ShownFaults::faults));
  }
};

// ------------------------------------------------------------------------------------------- time

struct TimeBody {
  std::int64_t timestamp = 0, timestamp_ms = 0;
  std::string iso;

  static constexpr auto Fields() {
    using base::Required;
    using T = TimeBody;
    return base::FieldList(Required("timestamp", &T::timestamp, base::Doc("Unix seconds")),
                           Required("timestamp_ms", &T::timestamp_ms), Required("iso", &T::iso));
  }
};

struct HealthBody {
  std::string status = "ok";
  static constexpr auto Fields() {
    return base::FieldList(base::Required("status", &HealthBody::status));
  }
};

}  // namespace parley::sim::control
