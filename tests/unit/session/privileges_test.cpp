#include "session/privileges.hpp"

#include <gtest/gtest.h>

namespace drmshow {
namespace {

TEST(Privileges, MasterComesBackWithoutOneSinceLinux5Point8) {
  EXPECT_FALSE(gives_master_back("4.19.0-27-amd64"));
  EXPECT_FALSE(gives_master_back("5.7.19"));
  EXPECT_TRUE(gives_master_back("5.8.0"));
  EXPECT_TRUE(gives_master_back("5.10.0-28-amd64"));
  EXPECT_TRUE(gives_master_back("6.1.0-18-amd64"));
  EXPECT_TRUE(gives_master_back("10.0"));
  EXPECT_TRUE(gives_master_back("unknown"));
}

TEST(Privileges, NothingIsLaidAsideByAnOrdinaryProgram) {
  lay_privileges_aside();
  EXPECT_FALSE(privileges_are_laid_aside());
}

}  // namespace
}  // namespace drmshow
