// Short names for the layers below, which are called parley::wire as this folder's namespace is.
#pragma once

namespace parley::wire {
namespace binary {}
namespace crypto {}
namespace noise {}
namespace signal {}
}  // namespace parley::wire

namespace parley::sim::network {}

namespace parley::sim::wire {

namespace binary = parley::wire::binary;
namespace crypto = parley::wire::crypto;
namespace net = parley::sim::network;
namespace noise = parley::wire::noise;
namespace signal = parley::wire::signal;

}  // namespace parley::sim::wire
