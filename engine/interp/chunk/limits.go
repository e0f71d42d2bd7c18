package chunk

// Limits of one source file. Each keeps the work of reading a script, which nothing can interrupt, far below a second
// and the stack small, whatever the file holds.
const (
	maxSource    = 256 << 10
	maxDepth     = 200   // blocks, brackets and unary operators inside one another
	maxHeight    = 1000  // operators in one chain such as a + b + c …
	maxSum       = 500   // arithmetic ones: the compiler's work grows with the square
	maxElseifs   = 1000  // in one if
	maxFunctions = 4000  // in one file
	maxConstants = 8000  // different texts, names and numbers in one function
	maxItems     = 25000 // unnamed items in one table that can't be built in parts
	maxLocals    = 200
	maxUpvalues  = 200
	maxLabels    = 500
	maxJumps     = 2000
	maxArgs      = 150     // values in one call or return
	maxCode      = 120000  // instructions in one function
	maxJoined    = 50      // operands of .. that are joined at once
	concatGroup  = 25      // of longer chains
	splitAfter   = 1000    // constants in one table from which on it is built in parts
	splitGroup   = 400     // constants in one of these parts
	maxShared    = 1 << 16 // places in the shared tables of one file
	maxTables    = 500     // shared tables of one file
	maxShapes    = 256     // different lists of names in one file
)
