#include "session/seat_choice.hpp"

#include <gtest/gtest.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

constexpr SeatSurroundings root_on_vt{
    .on_vt = true, .is_root = true, .has_libseat = true, .has_manager = true};
constexpr SeatSurroundings user_on_vt{
    .on_vt = true, .is_root = false, .has_libseat = true, .has_manager = true};
constexpr SeatSurroundings user_over_ssh{
    .on_vt = false, .is_root = false, .has_libseat = true, .has_manager = true};
constexpr TtyWish tty3{TtyWish::Kind::number, 3};
constexpr TtyWish any_free{TtyWish::Kind::free, 0};

TEST(ChooseSeat, RootTakesTheVtThatItIsOn) {
  const SeatChoice choice = choose_seat({}, root_on_vt);
  EXPECT_EQ(choice.first, SeatKind::own_vt);
  EXPECT_EQ(choice.otherwise, std::nullopt);
}

TEST(ChooseSeat, AUserAsksTheSeatManagerAndElseTakesTheVt) {
  const SeatChoice choice = choose_seat({}, user_on_vt);
  EXPECT_EQ(choice.first, SeatKind::libseat);
  EXPECT_EQ(choice.otherwise, SeatKind::own_vt);
}

TEST(ChooseSeat, WithoutLibseatAUserTakesTheVt) {
  SeatSurroundings around = user_on_vt;
  around.has_libseat = false;
  EXPECT_EQ(choose_seat({}, around).first, SeatKind::own_vt);
}

TEST(ChooseSeat, WithoutAManagerAUserTakesTheVt) {
  SeatSurroundings around = user_on_vt;
  around.has_manager = false;
  const SeatChoice choice = choose_seat({}, around);
  EXPECT_EQ(choice.first, SeatKind::own_vt);
  EXPECT_EQ(choice.otherwise, std::nullopt);
}

TEST(ChooseSeat, DirectAsksNobody) {
  EXPECT_EQ(choose_seat({.policy = SeatPolicy::direct}, user_on_vt).first, SeatKind::own_vt);
}

TEST(ChooseSeat, AwayFromAnyVtThereIsNoSeat) {
  EXPECT_EQ(choose_seat({}, user_over_ssh).first, SeatKind::none);
  EXPECT_EQ(choose_seat({.policy = SeatPolicy::direct}, user_over_ssh).first, SeatKind::none);
}

TEST(ChooseSeat, NoVtIsNoSeatAnywhere) {
  EXPECT_EQ(choose_seat({.no_vt = true}, root_on_vt).first, SeatKind::none);
}

TEST(ChooseSeat, AWishedVtIsTakenFromAnywhere) {
  for (const auto& around : {root_on_vt, user_on_vt, user_over_ssh}) {
    EXPECT_EQ(choose_seat({.tty = tty3}, around).first, SeatKind::wished_vt);
    EXPECT_EQ(choose_seat({.tty = any_free}, around).first, SeatKind::free_vt);
  }
}

TEST(ChooseSeat, LibseatAloneIfThatIsTheWish) {
  const SeatChoice choice = choose_seat({.policy = SeatPolicy::libseat}, user_over_ssh);
  EXPECT_EQ(choice.first, SeatKind::libseat);
  EXPECT_EQ(choice.otherwise, std::nullopt);
}

TEST(ChooseSeat, RefusesContradictions) {
  for (const SeatWishes& wishes : {SeatWishes{.tty = tty3, .no_vt = true},
                                   SeatWishes{.policy = SeatPolicy::libseat, .no_vt = true},
                                   SeatWishes{.policy = SeatPolicy::libseat, .tty = tty3}}) {
    EXPECT_THROW(choose_seat(wishes, root_on_vt), Error);
  }
}

TEST(ChooseSeat, RefusesLibseatThatWasLeftOut) {
  EXPECT_THROW(choose_seat({.policy = SeatPolicy::libseat}, {.on_vt = true}), Error);
}

}  // namespace
}  // namespace drmshow
