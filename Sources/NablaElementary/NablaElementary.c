#include "NablaElementary.h"
