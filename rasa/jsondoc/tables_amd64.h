// Sets of the tables lowNibble and highNibble.
#define AFTERSLASH 15
#define HEXDIGITS 48
