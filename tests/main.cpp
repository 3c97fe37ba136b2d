#define BOOST_TEST_MODULE invited
#include <boost/test/unit_test.hpp>
