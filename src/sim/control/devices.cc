#include "sim/control/handlers.h"
#include "sim/control/shown.h"

namespace parley::sim::control {

Answer Scan(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(known, call.network.FindPerson(number));
  PARLEY_TRY(body, call.Body<ScanBody>());
  const bool is_wire = call.front != nullptr && call.front->IsQr(body.qr);
  PARLEY_TRY(device, is_wire ? call.front->Scan(known.number, body.qr)
                             : call.network.Scan(number, body.qr));
  return Reply(201, Show(device));
}

Answer EnterCode(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(known, call.network.FindPerson(number));
  PARLEY_TRY(body, call.Body<CodeBody>());
  // A channel on the direct link and a client of the wire may both offer one: only the first knows
  // which code it is.
  auto linked = call.network.EnterCode(number, body.code);
  if (!linked && call.front != nullptr && call.front->OffersCode(known.number))
    linked = call.front->EnterCode(known.number, body.code);
  PARLEY_TRY(device, std::move(linked));
  return Reply(201, Show(device));
}

Answer ListDevices(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(devices, call.network.ListDevices(number));
  ShownDevices shown;
  for (const network::DeviceInfo& device : devices) shown.devices.push_back(Show(device));
  return Reply(200, shown);
}

Answer UnlinkDevice(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_CHECK(call.network.Unlink(number, call.Parameter("device")));
  return NoContent();
}

Answer DisconnectDevice(const Call& call) {
  PARLEY_CHECK(call.network.CutConnection(call.Parameter("device")));
  PARLEY_TRY(device, call.network.FindDevice(call.Parameter("device")));
  return Reply(200, Show(device));
}

}  // namespace parley::sim::control
