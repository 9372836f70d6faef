"""Sample checks of case files, as the register keeps them."""
