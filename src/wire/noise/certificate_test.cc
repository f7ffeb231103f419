#include "wire/noise/certificate.h"

#include <gtest/gtest.h>

#include "tests/vectors/vectors.h"
#include "wire/binary/protobuf.h"

namespace parley::wire::noise {
namespace {

using crypto::KeyPair;
using crypto::PublicKey;

class Chain : public testing::Test {
 protected:
  Chain() {
    intermediate_details_.serial = 7;
    intermediate_details_.key = intermediate_.public_key;
    intermediate_details_.not_before = leaf_details_.not_before = 1000;
    intermediate_details_.not_after = leaf_details_.not_after = 2000;
    leaf_details_.serial = 8;
    leaf_details_.issuer_serial = 7;
    leaf_details_.key = server_.public_key;
  }

  std::string Encoded() {
    return EncodeChain(Issue(intermediate_.private_key, leaf_details_, *random_),
                       Issue(root_.private_key, intermediate_details_, *random_));
  }
  Result<void> Check(std::string_view chain, std::int64_t now = 1500) {
    return CheckChain(chain, root_.public_key, server_.public_key, base::FromUnixMs(now * 1000));
  }
  void ExpectFault(const Result<void>& checked, FaultCode code) {
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, code) << checked.error().what;
  }

  const std::unique_ptr<base::Random> random_ = base::MakeSeededRandom(1);
  const KeyPair root_ = KeyPair::Generate(*random_);
  const KeyPair intermediate_ = KeyPair::Generate(*random_);
  const KeyPair server_ = KeyPair::Generate(*random_);
  CertificateDetails intermediate_details_, leaf_details_;
};

TEST_F(Chain, IsBelieved) { EXPECT_TRUE(Check(Encoded())); }

TEST_F(Chain, OfOthersIsBelieved) {
  const auto vectors = vectors::Load("wire/handshakes");
  for (const auto& one : vectors.as_array()) {
    const auto root = PublicKey::FromBytes(vectors::Bytes(one, "root")).value();
    const auto server = crypto::PrivateKey::FromBytes(vectors::Bytes(one, "static")).value();
    EXPECT_TRUE(CheckChain(vectors::Bytes(one, "chain"), root, server.Public(),
                           base::FromUnixMs(1'750'000'000'000)));
  }
}

TEST_F(Chain, RootMustHaveSignedTheIntermediate) {
  const std::string chain =
      EncodeChain(Issue(intermediate_.private_key, leaf_details_, *random_),
                  Issue(intermediate_.private_key, intermediate_details_, *random_));
  ExpectFault(Check(chain), FaultCode::kWrongSignature);
}

TEST_F(Chain, IntermediateMustHaveSignedTheLeaf) {
  const std::string chain = EncodeChain(Issue(root_.private_key, leaf_details_, *random_),
                                        Issue(root_.private_key, intermediate_details_, *random_));
  ExpectFault(Check(chain), FaultCode::kWrongSignature);
}

TEST_F(Chain, SerialsMustFit) {
  leaf_details_.issuer_serial = 6;
  ExpectFault(Check(Encoded()), FaultCode::kWrongCertificate);
  leaf_details_.issuer_serial = 7;
  intermediate_details_.issuer_serial = 1;
  ExpectFault(Check(Encoded()), FaultCode::kWrongCertificate);
}

TEST_F(Chain, LeafMustBeForTheServer) {
  leaf_details_.key = intermediate_.public_key;
  ExpectFault(Check(Encoded()), FaultCode::kWrongCertificate);
}

TEST_F(Chain, DatesOfBothCount) {
  const std::string chain = Encoded();
  ExpectFault(Check(chain, 999), FaultCode::kWrongCertificate);
  EXPECT_TRUE(Check(chain, 1000));
  EXPECT_TRUE(Check(chain, 2000));
  ExpectFault(Check(chain, 2001), FaultCode::kWrongCertificate);
  ExpectFault(Check(chain, -1), FaultCode::kWrongCertificate);
  leaf_details_.not_after = 1400;
  ExpectFault(Check(Encoded()), FaultCode::kWrongCertificate);
  leaf_details_.not_after = 2000;
  leaf_details_.not_before = 1600;
  ExpectFault(Check(Encoded()), FaultCode::kWrongCertificate);
  leaf_details_.not_before = 1000;
  intermediate_details_.not_after = 1400;
  ExpectFault(Check(Encoded()), FaultCode::kWrongCertificate);
  intermediate_details_.not_after = 2000;
  intermediate_details_.not_before = 1600;
  ExpectFault(Check(Encoded()), FaultCode::kWrongCertificate);
}

TEST_F(Chain, EveryPartMustBeThere) {
  const Certificate leaf = Issue(intermediate_.private_key, leaf_details_, *random_);
  const Certificate intermediate = Issue(root_.private_key, intermediate_details_, *random_);
  const auto without = [](Certificate certificate, std::string Certificate::*part) {
    (certificate.*part).clear();
    return certificate;
  };
  for (const auto part : {&Certificate::details, &Certificate::signature}) {
    ExpectFault(Check(EncodeChain(without(leaf, part), intermediate)), FaultCode::kMalformed);
    ExpectFault(Check(EncodeChain(leaf, without(intermediate, part))), FaultCode::kMalformed);
  }
  const std::string chain = EncodeChain(leaf, intermediate);
  binary::FieldReader reader(chain);
  const std::string only_leaf = binary::FieldWriter().Bytes(1, reader.Next().value()->bytes).Take();
  ExpectFault(Check(only_leaf), FaultCode::kMalformed);
  ExpectFault(Check(""), FaultCode::kMalformed);
}

TEST_F(Chain, EveryChangeIsNoticed) {
  const std::string chain = Encoded();
  for (std::size_t bit = 0; bit < 8 * chain.size(); bit += 5) {
    std::string changed = chain;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(Check(changed)) << bit;
  }
  for (std::size_t size = 0; size < chain.size(); ++size)
    EXPECT_FALSE(Check(chain.substr(0, size)));
}

}  // namespace
}  // namespace parley::wire::noise
